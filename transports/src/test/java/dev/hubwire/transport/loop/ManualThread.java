package dev.hubwire.transport.loop;

import java.util.ArrayDeque;
import java.util.Queue;

/** A loop's thread that runs when a test says so, on the test's own thread. */
final class ManualThread implements LoopThread {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean current = true;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return current;
  }

  /** Does something as if another thread did it. */
  void elsewhere(Runnable work) {
    current = false;
    try {
      work.run();
    } finally {
      current = true;
    }
  }

  int wakeUps() {
    return tasks.size();
  }

  void runAll() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }
}
