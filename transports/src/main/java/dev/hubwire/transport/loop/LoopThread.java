package dev.hubwire.transport.loop;

/** The thread under an {@link IoLoop}. Tests put a queue here that they run by hand. */
public interface LoopThread {
  /** Runs the task soon, on this thread. Any thread may call. */
  void execute(Runnable task);

  boolean isCurrent();
}
