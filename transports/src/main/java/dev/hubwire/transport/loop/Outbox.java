package dev.hubwire.transport.loop;

import dev.hubwire.transport.SendBudget;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.SlowConsumerPolicy;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one client, bounded in bytes.
 *
 * <p>Threads: room is {@linkplain #reserve reserved} by any thread, before a payload travels to the
 * loop; the queue itself is the loop's.
 */
public final class Outbox {
  private final SendBudget budget;

  /** Payloads in order; null on an idle connection, since most are. Loop thread only. */
  private @Nullable ArrayDeque<SharedPayload> queue;

  public Outbox(int limit, SlowConsumerPolicy policy) {
    this.budget = new SendBudget(limit, policy);
  }

  /**
   * Asks for room. Any thread. What is granted must be {@linkplain #add added} by the loop later.
   */
  public SendBudget.Room reserve(int size) {
    return budget.reserve(size);
  }

  /** Whether a sender need not wait: less than the limit waits, or nothing is taken any more. */
  public boolean isWritable() {
    return budget.isWritable();
  }

  /** Blocks until half the limit is free or the connection is over. Any thread but the loop's. */
  public void awaitWritable() throws InterruptedException {
    budget.awaitWritable();
  }

  /** Grants all room from now on: what is sent is bounded elsewhere. */
  public void lift() {
    budget.lift();
  }

  /**
   * Queues a payload that room was granted for, or releases it if the outbox was closed meanwhile.
   * Loop thread only.
   */
  public void add(SharedPayload payload) {
    if (budget.isClosed()) {
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
    budget.free(reservedSize);
  }

  /** Lets go of the memory of an empty queue; for the periodic scan. Loop thread only. */
  public void trim() {
    if (queue != null && queue.isEmpty()) {
      queue = null;
    }
  }

  /** To be called after writing: wakes senders that wait if half the limit is free. Any thread. */
  public void wakeIfDrained() {
    budget.wakeIfDrained();
  }

  /**
   * Refuses whatever is not queued yet; what is queued can still be written. Wakes who waits. Loop
   * thread only.
   */
  public void stopAccepting() {
    budget.close();
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
