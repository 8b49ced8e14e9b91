package dev.hubwire.registry;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What waiting for clients' answers takes.
 *
 * @param threads starts a thread for each task; the tasks may block
 * @param lanes where nothing may wait
 */
public record Waiting(Executor threads, Timer timer, Lanes lanes) {

  /** Does something later. Thread-safe. */
  public interface Timer {
    /**
     * @param task must not block
     * @return takes the task back, if it has not run
     */
    Runnable after(Duration delay, Runnable task);
  }
}
