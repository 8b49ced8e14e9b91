package dev.hubwire.dispatch;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The order of one connection's invocations: they start in the order they came, and no more than a
 * limit run at a time.
 *
 * <p>Some take no slot: they count against no limit, and each gets a thread of its own as soon as
 * those before it have started, whether or not these are done.
 *
 * <p>A worker, on a thread of its own, runs one invocation after another until none waits; so a
 * batch of short invocations costs one thread, not one each. A new queue is shut: nothing starts,
 * the last task included, before {@link #open} or {@link #refuse}.
 *
 * <p>Threads: any. State is guarded by the lock, which is never held while an invocation runs.
 *
 * @param <T> an invocation
 */
final class InvocationQueue<T> {
  private final Consumer<T> runner;
  private final Predicate<T> takesSlot;
  private final Executor threads;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Guarded by the lock, like all that follow. Null when nothing waits, since most connections are
   * idle.
   */
  private @Nullable ArrayDeque<T> waiting;

  /** How many may run; 0 while shut. */
  private int limit;

  private int running;

  /** Whether invocations are no longer taken. */
  private boolean refusing;

  /** Runs when nothing waits any more; null until it is known and after it was started. */
  private @Nullable Runnable last;

  /**
   * @param runner runs an invocation to its end; must not throw
   * @param takesSlot whether an invocation counts against the limit
   * @param threads starts a thread for each task; the tasks may block
   */
  InvocationQueue(Consumer<T> runner, Predicate<T> takesSlot, Executor threads) {
    this.runner = runner;
    this.takesSlot = takesSlot;
    this.threads = threads;
  }

  /** Lets up to {@code parallel} invocations run at a time from now on. */
  void open(int parallel) {
    locked(
        () -> {
          limit = parallel;
          startWhatMay();
          startLastIfDue();
        });
  }

  /** Drops what waits and takes nothing more; the last task may run. */
  void refuse() {
    locked(
        () -> {
          refusing = true;
          waiting = null;
          limit = Math.max(limit, 1);
          startLastIfDue();
        });
  }

  /** Adds invocations behind those that wait. */
  void add(Collection<? extends T> invocations) {
    locked(
        () -> {
          if (!refusing) {
            if (waiting == null) {
              waiting = new ArrayDeque<>(invocations.size());
            }
            waiting.addAll(invocations);
            startWhatMay();
          }
        });
  }

  /**
   * Whether the queue is open and nothing runs or waits: an invocation may run where it arrived, in
   * order.
   */
  boolean isIdle() {
    lock.lock();
    try {
      return limit > 0 && running == 0 && waiting == null && !refusing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the queue: nothing more is taken, and when what waits has been started, the last task runs
   * on a thread of its own. It does not wait for invocations that run. Called once.
   *
   * @param discard whether what waits is dropped instead
   */
  void finish(Runnable lastTask, boolean discard) {
    locked(
        () -> {
          refusing = true;
          last = lastTask;
          if (discard) {
            waiting = null;
          }
          startLastIfDue();
        });
  }

  private void startWhatMay() {
    startThoseWithoutSlot();
    int startable = waiting == null ? 0 : waiting.size();
    while (running < limit && startable > 0) {
      running++;
      startable--;
      threads.execute(this::work);
    }
  }

  /** After this the first that waits, if any, is one for a worker. */
  private void startThoseWithoutSlot() {
    while (limit > 0 && waiting != null) {
      T first = waiting.peek();
      if (first == null) {
        waiting = null;
      } else if (takesSlot.test(first)) {
        return;
      } else {
        waiting.remove();
        threads.execute(() -> runner.accept(first));
      }
    }
  }

  private void work() {
    T next;
    while ((next = takeOrLeave()) != null) {
      runner.accept(next);
    }
  }

  /** The next invocation, or null: then the calling worker has left. */
  private @Nullable T takeOrLeave() {
    lock.lock();
    try {
      T next = waiting == null ? null : waiting.poll();
      startThoseWithoutSlot();
      if (next == null) {
        running--;
      }
      startLastIfDue();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void startLastIfDue() {
    if (last != null && waiting == null && limit > 0) {
      threads.execute(last);
      last = null;
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
