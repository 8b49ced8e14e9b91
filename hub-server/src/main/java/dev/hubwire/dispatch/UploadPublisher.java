package dev.hubwire.dispatch;

import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An upload as a publisher for one subscriber (rules of {@link Flow}; §3.17 of the Reactive Streams
 * specification for how demand adds up). A thread of its own waits for demand and for items, and
 * signals; so a subscriber may block.
 */
final class UploadPublisher implements Flow.Publisher<@Nullable Object> {
  private final Upload upload;
  private final Executor threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private final AtomicBoolean subscribed = new AtomicBoolean();

  /** Guarded by the lock, like all that follow. */
  private long demand;

  private boolean cancelled;

  /** Whether the subscriber asked for less than one item, which ends the subscription. */
  private boolean invalid;

  UploadPublisher(Upload upload, Executor threads) {
    this.upload = upload;
    this.threads = threads;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super @Nullable Object> subscriber) {
    if (!subscribed.getAndSet(true)) {
      threads.execute(() -> publish(subscriber));
    } else {
      subscriber.onSubscribe(new Demand(false));
      subscriber.onError(new IllegalStateException("the stream has a subscriber (expected: one)"));
    }
  }

  private void publish(Flow.Subscriber<? super @Nullable Object> subscriber) {
    try {
      subscriber.onSubscribe(new Demand(true));
      Iterator<@Nullable Object> items = upload.iterator();
      while (awaitDemand()) {
        if (!items.hasNext()) {
          subscriber.onComplete();
          return;
        }
        subscriber.onNext(items.next());
      }
      if (invalid()) {
        subscriber.onError(new IllegalArgumentException("request: expected: > 0"));
      }
    } catch (RuntimeException failure) {
      subscriber.onError(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      subscriber.onError(e);
    } finally {
      upload.close();
    }
  }

  /** Returns whether there is demand; if not, there will be none. */
  private boolean awaitDemand() throws InterruptedException {
    lock.lock();
    try {
      while (demand == 0 && !cancelled && !invalid) {
        changed.await();
      }
      if (cancelled || invalid) {
        return false;
      }
      demand -= demand == Long.MAX_VALUE ? 0 : 1;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean invalid() {
    lock.lock();
    try {
      return invalid && !cancelled;
    } finally {
      lock.unlock();
    }
  }

  private final class Demand implements Flow.Subscription {
    private final boolean live;

    Demand(boolean live) {
      this.live = live;
    }

    @Override
    public void request(long n) {
      if (!live) {
        return;
      }
      lock.lock();
      try {
        if (n <= 0) {
          invalid = true;
        } else {
          demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        }
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void cancel() {
      if (!live) {
        return;
      }
      lock.lock();
      try {
        cancelled = true;
        changed.signal();
      } finally {
        lock.unlock();
      }
      upload.close();
    }
  }
}
