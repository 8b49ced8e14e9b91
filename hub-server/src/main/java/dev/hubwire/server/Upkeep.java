package dev.hubwire.server;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that looks after a server now and then. Its tasks are short. Thread-safe. */
final class Upkeep implements Executor, AutoCloseable {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("hubwire-upkeep").factory());

  Upkeep() {
    // Most calls are done long before their time is over.
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  /** Runs a task after each interval, until the end. */
  void every(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    var unused = executor.scheduleAtFixedRate(task, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Runs a task later.
   *
   * @return calls it off
   */
  Runnable after(Duration delay, Runnable task) {
    Future<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }

  /** Whatever has not begun never does. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
