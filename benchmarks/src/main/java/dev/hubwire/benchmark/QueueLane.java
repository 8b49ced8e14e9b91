package dev.hubwire.benchmark;

import dev.hubwire.transport.Lane;
import java.util.ArrayDeque;
import java.util.Queue;

/** A lane on the benchmark's thread: tasks wait until they are run. Not thread-safe. */
final class QueueLane implements Lane {
  private final Queue<Runnable> inbox = new ArrayDeque<>();
  private boolean running;

  @Override
  public void execute(Runnable task) {
    inbox.add(task);
  }

  @Override
  public boolean isCurrent() {
    return running;
  }

  void runAll() {
    running = true;
    for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
      task.run();
    }
    running = false;
  }
}
