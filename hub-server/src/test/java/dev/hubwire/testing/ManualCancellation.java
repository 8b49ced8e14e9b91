package dev.hubwire.testing;

import dev.hubwire.hub.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** A cancellation that the test causes, on its thread. */
public final class ManualCancellation implements Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  public void cancel() {
    cancelled = true;
    List.copyOf(actions).forEach(Runnable::run);
  }

  /** How many actions wait for it. */
  public int waiting() {
    return actions.size();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("by the test");
    }
  }

  @Override
  public Registration onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    } else {
      actions.add(action);
    }
    return () -> actions.remove(action);
  }

  @Override
  public void interruptOnCancel() {
    throw new UnsupportedOperationException("no thread is interrupted here");
  }
}
