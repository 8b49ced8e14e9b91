package dev.hubwire.testing;

import dev.hubwire.transport.Lane;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A lane with a thread of its own. */
public final class ThreadLane implements Lane, AutoCloseable {
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Thread thread =
      CompletableFuture.supplyAsync(Thread::currentThread, executor).join();

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  /** Runs a task after those posted before, and waits for it. */
  public void call(Runnable task) {
    CompletableFuture.runAsync(task, executor).join();
  }

  /** Waits until everything that was posted has run. */
  @Override
  public void close() {
    executor.close();
  }
}
