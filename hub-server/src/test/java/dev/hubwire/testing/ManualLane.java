package dev.hubwire.testing;

import dev.hubwire.transport.Lane;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A lane whose tasks run when the test says so, on the test's thread. */
public final class ManualLane implements Lane {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

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

  /** Runs the next task, and waits for it if there is none yet. Fails if none comes. */
  public void awaitOne() {
    if (!awaitOne(LIMIT)) {
      throw new AssertionError("nothing came to the lane");
    }
  }

  /**
   * Runs the next task, if one comes in time.
   *
   * @return whether one did
   */
  public boolean awaitOne(Duration limit) {
    try {
      Runnable task = inbox.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (task != null) {
        call(task);
      }
      return task != null;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
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
