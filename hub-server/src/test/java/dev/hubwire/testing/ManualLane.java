package dev.hubwire.testing;

import dev.hubwire.transport.Lane;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A lane whose tasks run when the test says so, on the test's thread. */
public final class ManualLane implements Lane {
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

  /** The thread that runs tasks at the moment; written by it. */
  private volatile @Nullable Thread current;

  @Override
  public void execute(Runnable task) {
    inbox.add(task);
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread().equals(current);
  }

  /** Runs one task at once, ahead of those posted. */
  public void call(Runnable task) {
    Thread before = current;
    current = Thread.currentThread();
    try {
      task.run();
    } finally {
      current = before;
    }
  }

  /** Runs the oldest task, if there is one. */
  public void runOne() {
    Runnable task = inbox.poll();
    if (task != null) {
      call(task);
    }
  }

  /** Runs tasks until none is left. */
  public void runAll() {
    while (!inbox.isEmpty()) {
      runOne();
    }
  }

  /** How many tasks wait. */
  public int waiting() {
    return inbox.size();
  }
}
