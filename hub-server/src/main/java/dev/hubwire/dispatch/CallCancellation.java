package dev.hubwire.dispatch;

import dev.hubwire.hub.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of one call. Thread-safe.
 *
 * <p>A thread that is to be interrupted is so at most once, and not after {@link #end} or {@link
 * #interruptNoMore}, for it goes on with other calls.
 */
final class CallCancellation implements Cancellation {
  private final Executor threads;

  /** Written under the lock. */
  private volatile boolean cancelled;

  /** Guarded by this, like all that follow. */
  private boolean ended;

  /** Who is interrupted; null for nobody. */
  private @Nullable Thread interruptible;

  /** Null when none. */
  private @Nullable List<Action> actions;

  /**
   * @param threads runs the application's actions, which may block
   */
  CallCancellation(Executor threads) {
    this.threads = threads;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("The call was cancelled.");
    }
  }

  @Override
  public Registration onCancel(Runnable action) {
    Action registration = new Action(action);
    if (!add(registration)) {
      registration.run();
    }
    return registration;
  }

  @Override
  public synchronized void interruptOnCancel() {
    if (ended) {
      return;
    }
    interruptible = Thread.currentThread();
    if (cancelled) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends {@link #interruptOnCancel}, and takes an interrupt of ours away. The same thread. */
  synchronized void interruptNoMore() {
    if (interruptible == Thread.currentThread()) {
      interruptible = null;
      if (cancelled) {
        Thread.interrupted();
      }
    }
  }

  /** Does nothing if it was cancelled or has ended. Any thread; never blocks. */
  void cancel() {
    List<Action> due;
    synchronized (this) {
      if (cancelled || ended) {
        return;
      }
      cancelled = true;
      if (interruptible != null) {
        interruptible.interrupt();
      }
      due = actions;
      actions = null;
    }
    if (due != null) {
      threads.execute(() -> due.forEach(Action::run));
    }
  }

  /** The call is done. On the thread that ran it. Idempotent. */
  void end() {
    interruptNoMore();
    synchronized (this) {
      ended = true;
      interruptible = null;
      actions = null;
    }
  }

  /** Whether the action waits; it is due at once otherwise. */
  private synchronized boolean add(Action action) {
    if (cancelled) {
      return false;
    }
    if (!ended) {
      if (actions == null) {
        actions = new ArrayList<>(1);
      }
      actions.add(action);
    }
    return true;
  }

  private synchronized void remove(Action action) {
    if (actions != null) {
      actions.remove(action);
    }
  }

  private final class Action implements Registration {
    private final Runnable action;

    Action(Runnable action) {
      this.action = action;
    }

    void run() {
      try {
        action.run();
      } catch (RuntimeException failure) {
        DispatchLog.cancelActionFailed(failure);
      }
    }

    @Override
    public void close() {
      remove(this);
    }
  }
}
