package dev.hubwire.dispatch;

import dev.hubwire.hub.HubException;
import dev.hubwire.hub.StreamSource;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream that a client uploads. The lane puts items in, whoever runs the method takes them out.
 *
 * <p>It takes whatever it is given, and says when it has more than it should: whoever puts items in
 * stops then.
 */
final class Upload implements StreamSource<@Nullable Object> {
  /**
   * @param bytes its size on the wire
   */
  private record Item(@Nullable Object value, int bytes) {}

  private final Type itemType;
  private final int capacity;
  private final IntConsumer taken;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, like all that follow. */
  private final ArrayDeque<Item> items = new ArrayDeque<>(2);

  /** Whether nothing more comes. */
  private boolean ended;

  /** Why nothing more comes, unless the client ended it normally. */
  private @Nullable RuntimeException failure;

  /** Whether nobody wants more. */
  private boolean closed;

  private boolean iterated;

  /**
   * @param capacity items it should hold at most
   * @param taken hears of the bytes of items that are held no longer, on the thread that took them,
   *     without the lock
   */
  Upload(Type itemType, int capacity, IntConsumer taken) {
    this.itemType = itemType;
    this.capacity = capacity;
    this.taken = taken;
  }

  Type itemType() {
    return itemType;
  }

  /** Returns whether the item was kept; one that comes too late is not. */
  boolean put(@Nullable Object value, int bytes) {
    lock.lock();
    try {
      if (ended || closed) {
        return false;
      }
      items.add(new Item(value, bytes));
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it holds no more than it should. */
  boolean hasRoom() {
    lock.lock();
    try {
      return items.size() <= capacity;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more comes; what is there can still be read. The first call decides. */
  void end(@Nullable RuntimeException why) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = why;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    int bytes = 0;
    lock.lock();
    try {
      closed = true;
      for (Item item : items) {
        bytes += item.bytes();
      }
      items.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (bytes > 0) {
      taken.accept(bytes);
    }
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    lock.lock();
    try {
      if (iterated) {
        throw new IllegalStateException("the stream is being read already (expected: once)");
      }
      iterated = true;
    } finally {
      lock.unlock();
    }
    return new Items();
  }

  /** Waits for the next item and takes it out; null when there is none and none will come. */
  private @Nullable Item take() {
    Item item;
    lock.lock();
    try {
      while ((item = items.poll()) == null) {
        if (closed) {
          return null;
        }
        if (ended) {
          throwFailure();
          return null;
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("interrupted while waiting for an item");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      lock.unlock();
    }
    taken.accept(item.bytes());
    return item;
  }

  /** Made anew, so that the trace shows who read. */
  private void throwFailure() {
    switch (failure) {
      case null -> {}
      case HubException client -> throw new HubException(String.valueOf(client.getMessage()));
      case RuntimeException other -> throw new CancellationException(other.getMessage());
    }
  }

  private final class Items implements Iterator<@Nullable Object> {
    /** Taken out and not handed on. The reader's thread only. */
    private @Nullable Item ahead;

    @Override
    public boolean hasNext() {
      if (ahead == null) {
        ahead = take();
      }
      return ahead != null;
    }

    @Override
    public @Nullable Object next() {
      Item item = hasNext() ? ahead : null;
      if (item == null) {
        throw new NoSuchElementException("the stream has ended");
      }
      ahead = null;
      return item.value();
    }
  }
}
