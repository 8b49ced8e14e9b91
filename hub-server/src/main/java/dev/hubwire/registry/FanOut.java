package dev.hubwire.registry;

import dev.hubwire.transport.SharedPayload;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One message on its way to the lanes: a task for each, which hands the shared payloads to its
 * members. The last lane gives the payloads back.
 */
final class FanOut {
  private final EncodedMessage message;
  private final Congestion congestion;
  private final Runnable whenDone;
  private final AtomicInteger unfinishedLanes;

  /**
   * @param message taken over, and released when the last lane is done
   * @param lanes for how many lanes there will be a task
   * @param whenDone called once by the last lane
   */
  FanOut(EncodedMessage message, int lanes, Congestion congestion, Runnable whenDone) {
    this.message = message;
    this.unfinishedLanes = new AtomicInteger(lanes);
    this.congestion = congestion;
    this.whenDone = whenDone;
  }

  /**
   * The task of one lane.
   *
   * @param receivers visits the members that the message is for
   */
  void runOn(Shard shard, BiConsumer<Shard, Consumer<Entry>> receivers) {
    try {
      receivers.accept(shard, this::deliver);
    } finally {
      laneDone();
    }
  }

  /** Instead of {@link #runOn} for a lane that takes no more tasks. */
  void laneDone() {
    if (unfinishedLanes.decrementAndGet() == 0) {
      message.release();
      whenDone.run();
    }
  }

  private void deliver(Entry entry) {
    SharedPayload payload = message.in(entry.protocol());
    if (payload == null) {
      if (message.lacks(entry.protocol())) {
        entry.cutOffForeign();
      }
      return;
    }
    try {
      congestion.after(entry.connection().deliver(payload.retain()), entry);
    } catch (RuntimeException e) {
      // One connection that fails must not take the message from the others.
      RegistryLog.deliveryFailed(entry.connectionId(), e);
    }
  }
}
