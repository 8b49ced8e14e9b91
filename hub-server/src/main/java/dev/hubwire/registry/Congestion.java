package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.transport.SendResult;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The members that hold more than their limit and whose senders should wait. Empty nearly always,
 * and then it costs a sender one look. Thread-safe.
 */
final class Congestion {
  private final Set<Entry> congested = ConcurrentHashMap.newKeySet();

  /** Takes note of what became of a payload. */
  void after(SendResult result, Entry entry) {
    if (result == SendResult.CONGESTED) {
      congested.add(entry);
      // It may have left the registry meanwhile, and would stay here for good.
      if (!entry.isRegistered()) {
        congested.remove(entry);
      }
    }
  }

  void forget(Entry entry) {
    congested.remove(entry);
  }

  boolean isEmpty() {
    return congested.isEmpty();
  }

  /**
   * Waits until those whom an address means have room again or are gone. Not on a lane.
   *
   * @throws CancellationException if the thread is interrupted while it waits
   */
  void awaitRoom(Address address) {
    // Who is congested again by the time it leaves is noted again with its next payload.
    congested.removeIf(
        entry -> {
          boolean writable = entry.connection().isWritable();
          if (!writable && entry.isMeantBy(address)) {
            awaitRoom(entry);
            return true;
          }
          return writable;
        });
  }

  private static void awaitRoom(Entry entry) {
    try {
      entry.connection().awaitWritable();
    } catch (InterruptedException e) {
      throw Waits.interrupted(e);
    }
  }
}
