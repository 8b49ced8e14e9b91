package dev.hubwire.reconnect;

import dev.hubwire.transport.SendBudget;
import dev.hubwire.transport.SharedPayload;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to one client and is not acknowledged, in order, with the numbers that both sides
 * count along. It holds references to payloads, which other receivers may share. Lane thread only;
 * the room for what is added was reserved by any thread.
 */
final class SentMessages {
  private final SendBudget budget;

  /** Null while there is nothing: most of the time of most connections. */
  private @Nullable ArrayDeque<SharedPayload> unacknowledged;

  /** The number of the newest message; the first has 1. */
  private long lastId;

  SentMessages(SendBudget budget) {
    this.budget = budget;
  }

  /**
   * Numbers a payload that room was reserved for, and takes over one reference.
   *
   * @return false if the connection is over: the payload is released then
   */
  boolean add(SharedPayload payload) {
    if (budget.isClosed()) {
      payload.release();
      return false;
    }
    if (unacknowledged == null) {
      unacknowledged = new ArrayDeque<>(4);
    }
    unacknowledged.add(payload);
    lastId++;
    return true;
  }

  /**
   * The client has everything up to this number. One that it has named before changes nothing, and
   * one that was never given away means all.
   *
   * @return whether anything was kept for it
   */
  boolean acknowledge(long id) {
    if (unacknowledged == null || id < firstId()) {
      return false;
    }
    for (long next = firstId(); next <= id && !unacknowledged.isEmpty(); next++) {
      forget(unacknowledged.remove());
    }
    if (unacknowledged.isEmpty()) {
      unacknowledged = null;
    }
    budget.wakeIfDrained();
    return true;
  }

  /** The number of the oldest message that is kept, or of the next one if none is. */
  long firstId() {
    return lastId + 1 - (unacknowledged == null ? 0 : unacknowledged.size());
  }

  /** What is kept, in order. */
  Iterable<SharedPayload> payloads() {
    return unacknowledged == null ? List.of() : unacknowledged;
  }

  /** The connection is over: releases everything, now and later, and wakes senders that wait. */
  void close() {
    budget.close();
    if (unacknowledged != null) {
      unacknowledged.forEach(SharedPayload::release);
      unacknowledged = null;
    }
  }

  private void forget(SharedPayload payload) {
    budget.free(payload.size());
    payload.release();
  }
}
