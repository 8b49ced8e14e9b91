package dev.hubwire.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that may wait for one client, and what happens past their limit. Thread-safe.
 *
 * <p>Bytes are {@linkplain #reserve reserved} before a payload travels to its lane and {@linkplain
 * #free freed} when it has left, so the limit covers what is still under way in the lane's inbox
 * too. It is looked at before a payload is added: one payload may overshoot it, whatever its size,
 * which is how a message larger than the limit can be sent at all.
 */
public final class SendBudget {
  /** Where {@link SlowConsumerPolicy#WAIT} stops letting senders through that cannot wait. */
  private static final int HARD_LIMIT_FACTOR = 16;

  private final long limit;
  private final SlowConsumerPolicy policy;

  /** Reserved and not freed yet. Any thread. */
  private final AtomicLong bytes = new AtomicLong();

  /** Set once, read by any thread. */
  private volatile boolean closed;

  /** Set once, before senders meet it that somebody else holds back; read by any thread. */
  private volatile boolean unlimited;

  /**
   * Completed when half the limit is free again; made by the first thread that waits. Guarded by
   * this.
   */
  private @Nullable CompletableFuture<Void> drained;

  /** Whether somebody may wait: lets the lane pass by without the lock. Written under the lock. */
  private volatile boolean awaited;

  /**
   * @param limit in bytes
   */
  public SendBudget(int limit, SlowConsumerPolicy policy) {
    this.limit = limit;
    this.policy = policy;
  }

  /** What is to be done with a payload that asks for room. */
  public enum Room {
    GRANTED,
    /** Granted, and the limit is reached: by the policy, senders wait. */
    GRANTED_CONGESTED,
    /** Not granted: the payload is dropped. */
    DROP,
    /** Not granted: the client is too slow, and the connection has to be closed for it. */
    TOO_SLOW,
    /** Not granted: the connection is over. */
    CLOSED;

    /** Whether the payload may go on its way. */
    public boolean isGranted() {
      return this == GRANTED || this == GRANTED_CONGESTED;
    }

    /** What the sender is told. */
    public SendResult toSendResult() {
      return switch (this) {
        case GRANTED -> SendResult.ACCEPTED;
        case GRANTED_CONGESTED -> SendResult.CONGESTED;
        case DROP -> SendResult.DROPPED;
        case TOO_SLOW, CLOSED -> SendResult.CLOSED;
      };
    }
  }

  /** Asks for room, which is taken if it is granted. */
  public Room reserve(int size) {
    if (closed) {
      return Room.CLOSED;
    }
    long before = bytes.getAndAdd(size);
    boolean senderWaits = policy == SlowConsumerPolicy.WAIT;
    if (before < limit) {
      return senderWaits && before + size >= limit && !unlimited
          ? Room.GRANTED_CONGESTED
          : Room.GRANTED;
    }
    if (unlimited) {
      return Room.GRANTED;
    }
    if (senderWaits && before < limit * HARD_LIMIT_FACTOR) {
      return Room.GRANTED_CONGESTED;
    }
    bytes.addAndGet(-size);
    return policy == SlowConsumerPolicy.DROP ? Room.DROP : Room.TOO_SLOW;
  }

  /** Gives back what was reserved. {@link #wakeIfDrained} lets senders know. */
  public void free(int size) {
    bytes.addAndGet(-size);
  }

  /** Whether a sender need not wait: less than the limit waits, or nothing is taken any more. */
  public boolean isWritable() {
    return closed || bytes.get() < limit;
  }

  /** Whether senders wait. */
  public boolean isAwaited() {
    return awaited;
  }

  /** Blocks until half the limit is free or the connection is over. Not on the lane. */
  public void awaitWritable() throws InterruptedException {
    CompletableFuture<Void> future;
    synchronized (this) {
      if (drained == null) {
        drained = new CompletableFuture<>();
        awaited = true;
      }
      future = drained;
    }
    // The lane may have freed the room before it could see that somebody waits.
    wakeIfDrained();
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("never completed exceptionally", e);
    }
  }

  /** To be called after freeing: wakes senders that wait if half the limit is free. */
  public void wakeIfDrained() {
    if (!awaited || (!closed && bytes.get() > limit / 2)) {
      return;
    }
    CompletableFuture<Void> future;
    synchronized (this) {
      future = drained;
      drained = null;
      awaited = false;
    }
    if (future != null) {
      future.complete(null);
    }
  }

  /** Grants everything from now on: what is sent is bounded by another budget. */
  public void lift() {
    unlimited = true;
  }

  /** Grants nothing any more, and wakes who waits. Idempotent. */
  public void close() {
    closed = true;
    wakeIfDrained();
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed;
  }
}
