package dev.hubwire.dispatch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Pulls what a publisher pushes. No more is ever requested than fits, so a publisher that keeps to
 * its contract never waits and never fills memory. One thread pulls; the publisher may use any.
 *
 * @param <T> an item
 */
final class PublisherItems<T> implements Iterator<T>, Flow.Subscriber<T>, AutoCloseable {
  private static final int WINDOW = 16;

  /** The end of the items, and why it came; null for a normal end. */
  private record End(@Nullable Throwable failure) {}

  /** Items, and at last an {@link End}. */
  private final BlockingQueue<Object> arrived = new ArrayBlockingQueue<>(WINDOW + 1);

  /** Set once by the publisher's thread. */
  private volatile Flow.@Nullable Subscription subscription;

  /** Whether nobody wants more. Puller's thread writes. */
  private volatile boolean closed;

  /** What was taken from the queue and not handed out. Puller's thread only, like what follows. */
  private @Nullable Object ahead;

  private int handedOut;

  private PublisherItems() {}

  static <T> PublisherItems<T> of(Flow.Publisher<T> publisher) {
    PublisherItems<T> items = new PublisherItems<>();
    publisher.subscribe(items);
    return items;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(WINDOW);
    }
  }

  @Override
  public void onNext(T item) {
    if (!arrived.offer(item)) {
      throw new IllegalStateException("published more than was requested");
    }
  }

  @Override
  public void onError(Throwable failure) {
    boolean unused = arrived.offer(new End(failure));
  }

  @Override
  public void onComplete() {
    boolean unused = arrived.offer(new End(null));
  }

  @Override
  public boolean hasNext() {
    if (ahead == null) {
      try {
        ahead = arrived.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for the next item");
      }
    }
    if (ahead instanceof End(Throwable failure) && failure != null) {
      throw failure instanceof RuntimeException unchecked
          ? unchecked
          : new CompletionException(failure);
    }
    return !(ahead instanceof End);
  }

  @Override
  public T next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    @SuppressWarnings("unchecked") // Not an End, so it came through onNext.
    T item = (T) ahead;
    ahead = null;
    handedOut++;
    Flow.Subscription current = subscription;
    if (handedOut % (WINDOW / 2) == 0 && current != null) {
      current.request(WINDOW / 2);
    }
    return item;
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
