package dev.hubwire.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
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
  /** Bounds the threads that a client can have wait for clients. */
  static final int MAX_WITHOUT_SLOT = 1_000;

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

  /** Those that count against the limit; null when none. */
  private @Nullable ArrayList<Worker> workers;

  /** How many invocations run that gave up their slots. */
  private int withoutSlot;

  /** How many run of those that never take one. */
  private int slotless;

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
      return limit > 0 && workers == null && waiting == null && !refusing;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing runs or waits, with a slot or without, and the queue is open. */
  boolean isQuiet() {
    lock.lock();
    try {
      return limit > 0 && workers == null && withoutSlot == 0 && slotless == 0 && waiting == null;
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
    while (startable > 0 && (workers == null ? 0 : workers.size()) < limit) {
      Worker worker = new Worker();
      if (workers == null) {
        workers = new ArrayList<>(1);
      }
      workers.add(worker);
      startable--;
      threads.execute(worker);
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
        slotless++;
        threads.execute(() -> runSlotless(first));
      }
    }
  }

  private void runSlotless(T invocation) {
    try {
      runner.accept(invocation);
    } finally {
      locked(() -> slotless--);
    }
  }

  /** The next invocation, or null: then the calling worker has left. */
  private @Nullable T takeOrLeave(Worker worker) {
    lock.lock();
    try {
      if (worker.replaced) {
        withoutSlot--;
        return null;
      }
      T next = waiting == null ? null : waiting.poll();
      worker.current = next;
      startThoseWithoutSlot();
      if (next == null) {
        leave(worker);
      }
      startLastIfDue();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Worker worker) {
    if (workers != null) {
      workers.remove(worker);
      if (workers.isEmpty()) {
        workers = null;
      }
    }
  }

  /**
   * Has an invocation that runs count no longer: the next may start beside it. Does nothing if it
   * does not run or has no slot, or if {@value #MAX_WITHOUT_SLOT} others run without theirs.
   *
   * @return whether it gave up its slot now
   */
  boolean giveUpSlot(T invocation) {
    lock.lock();
    try {
      Worker worker = workerOf(invocation);
      if (worker == null || withoutSlot == MAX_WITHOUT_SLOT) {
        return false;
      }
      worker.replaced = true;
      withoutSlot++;
      leave(worker);
      startWhatMay();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an invocation runs and counts against the limit. */
  boolean holdsSlot(T invocation) {
    lock.lock();
    try {
      return workerOf(invocation) != null;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // Two invocations without an id may well be equal.
  private @Nullable Worker workerOf(T invocation) {
    if (workers != null) {
      for (Worker worker : workers) {
        if (worker.current == invocation) {
          return worker;
        }
      }
    }
    return null;
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

  /** A thread and its slot. */
  private final class Worker implements Runnable {
    /** Guarded by the lock. */
    private @Nullable T current;

    /** Whether another has taken its slot. Guarded by the lock. */
    private boolean replaced;

    @Override
    public void run() {
      T next;
      while ((next = takeOrLeave(this)) != null) {
        runner.accept(next);
      }
    }
  }
}
