package dev.hubwire.testing;

import dev.hubwire.registry.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose time the test sets. */
public final class ManualTimer implements Waiting.Timer {
  private record Planned(Duration due, Runnable task) {}

  /** Guarded by this, like all that follow. */
  private final List<Planned> planned = new ArrayList<>();

  private Duration now = Duration.ZERO;

  @Override
  public synchronized Runnable after(Duration delay, Runnable task) {
    Planned one = new Planned(now.plus(delay), task);
    planned.add(one);
    return () -> takeBack(one);
  }

  /** Lets time pass, and does what is due on the calling thread. */
  public void advance(Duration duration) {
    due(duration).forEach(one -> one.task().run());
  }

  /** How much is planned. */
  public synchronized int waiting() {
    return planned.size();
  }

  private synchronized void takeBack(Planned one) {
    planned.remove(one);
  }

  private synchronized List<Planned> due(Duration duration) {
    now = now.plus(duration);
    List<Planned> due =
        planned.stream()
            .filter(one -> one.due().compareTo(now) <= 0)
            .sorted(Comparator.comparing(Planned::due))
            .toList();
    planned.removeAll(due);
    return due;
  }
}
