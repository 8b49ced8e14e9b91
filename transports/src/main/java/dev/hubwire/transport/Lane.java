package dev.hubwire.transport;

import java.util.concurrent.Executor;

/**
 * A place to post work to one group of connections: an IO thread and the connections it owns. Tasks
 * of one lane run one at a time, in the order they were posted, and must not block. A task that
 * throws is logged and the next one runs.
 */
public interface Lane extends Executor {
  /** Any thread. Never runs the task inside the call, not even on the lane's own thread. */
  @Override
  void execute(Runnable task);

  /** Whether the calling thread is this lane's thread. */
  boolean isCurrent();
}
