package dev.hubwire.transport.loop;

import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.SlowConsumerPolicy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one client, bounded in bytes.
 *
 * <p>Threads: bytes are {@linkplain #reserve reserved} by any thread, before a payload travels to
 * the loop; the queue itself is the loop's. So the bound covers what is still under way in the
 * loop's inbox too.
 *
 * <p>The bound is looked at before a payload is added: one payload may overshoot it, whatever its
 * size, which is how a message larger than the bound can be sent at all.
 */
public final class Outbox {
  /** Where {@link SlowConsumerPolicy#WAIT} stops letting senders through that cannot wait. */
  private static final int HARD_LIMIT_FACTOR = 16;

  private final long limit;
  private final SlowConsumerPolicy policy;

  /** Reserved and not written yet. Any thread. */
  private final AtomicLong bytes = new AtomicLong();

  /** Set once by the loop, read by any thread. */
  private volatile boolean closed;

  /**
   * Completed when half the limit is free again; made by the first thread that waits. Guarded by
   * this.
   */
  private @Nullable CompletableFuture<Void> drained;

  /** Whether somebody may wait: lets the loop pass by without the lock. Written under the lock. */
  private volatile boolean awaited;

  /** Payloads in order; null on an idle connection, since most are. Loop thread only. */
  private @Nullable ArrayDeque<SharedPayload> queue;

  public Outbox(int limit, SlowConsumerPolicy policy) {
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

    /** Whether the payload goes into the queue. */
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

  /**
   * Asks for room. Any thread. What is granted must be {@linkplain #add added} by the loop later.
   */
  public Room reserve(int size) {
    if (closed) {
      return Room.CLOSED;
    }
    long before = bytes.getAndAdd(size);
    boolean senderWaits = policy == SlowConsumerPolicy.WAIT;
    if (before < limit) {
      return senderWaits && before + size >= limit ? Room.GRANTED_CONGESTED : Room.GRANTED;
    }
    if (senderWaits && before < limit * HARD_LIMIT_FACTOR) {
      return Room.GRANTED_CONGESTED;
    }
    bytes.addAndGet(-size);
    return policy == SlowConsumerPolicy.DROP ? Room.DROP : Room.TOO_SLOW;
  }

  /** Whether a sender need not wait: less than the limit waits, or nothing is taken any more. */
  public boolean isWritable() {
    return closed || bytes.get() < limit;
  }

  /** Blocks until half the limit is free or the connection is over. Any thread but the loop's. */
  public void awaitWritable() throws InterruptedException {
    CompletableFuture<Void> future;
    synchronized (this) {
      if (drained == null) {
        drained = new CompletableFuture<>();
        awaited = true;
      }
      future = drained;
    }
    // The loop may have drained the queue before it could see that somebody waits.
    wakeIfDrained();
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("never completed exceptionally", e);
    }
  }

  /**
   * Queues a payload that room was granted for, or releases it if the outbox was closed meanwhile.
   * Loop thread only.
   */
  public void add(SharedPayload payload) {
    if (closed) {
      payload.release();
      return;
    }
    if (queue == null) {
      queue = new ArrayDeque<>(4);
    }
    queue.add(payload);
  }

  public boolean isEmpty() {
    return queue == null || queue.isEmpty();
  }

  /** The payloads in order, for a look ahead. Loop thread only. */
  public Iterable<SharedPayload> payloads() {
    return queue == null ? List.of() : queue;
  }

  /** The payload that is written next, or null. Loop thread only. */
  public @Nullable SharedPayload peek() {
    return queue == null ? null : queue.peek();
  }

  /** The first payload was written whole: releases it and its room. Loop thread only. */
  public void removeFirst(int reservedSize) {
    if (queue == null) {
      throw new IllegalStateException("nothing waits");
    }
    queue.remove().release();
    bytes.addAndGet(-reservedSize);
  }

  /** Lets go of the memory of an empty queue; for the periodic scan. Loop thread only. */
  public void trim() {
    if (queue != null && queue.isEmpty()) {
      queue = null;
    }
  }

  /** To be called after writing: wakes senders that wait if half the limit is free. Any thread. */
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

  /**
   * Refuses whatever is not queued yet; what is queued can still be written. Wakes who waits. Loop
   * thread only.
   */
  public void stopAccepting() {
    closed = true;
    wakeIfDrained();
  }

  /** Releases everything, now and later, and wakes who waits. Loop thread only. Idempotent. */
  public void close() {
    stopAccepting();
    if (queue != null) {
      queue.forEach(SharedPayload::release);
      queue = null;
    }
  }
}
