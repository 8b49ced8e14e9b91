package dev.hubwire.transport.session;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes connections at a pace, so that their clients do not all come back elsewhere at once. One
 * on which something runs waits until that is done.
 *
 * <p><b>Threads.</b> {@link #sweep} belongs to one thread; connections come from any thread, and
 * are asked and closed on their lanes.
 */
final class Drain {
  /** What a sweep that comes late may make up for. */
  private static final long SLACK_NANOS = Duration.ofMillis(250).toNanos();

  private final CloseReason reason;
  private final long nanosBetween;

  /** Not closed yet. Any thread. */
  private final Queue<TransportConnection> waiting = new ConcurrentLinkedQueue<>();

  /** How many were asked and turned out to be busy since the last sweep. Any thread. */
  private final AtomicLong busy = new AtomicLong();

  /** When the next connection may be closed. Sweeping thread only. */
  private long nextNanos;

  /**
   * @param connectionsPerSecond at least 1
   */
  Drain(CloseReason reason, int connectionsPerSecond, long nowNanos) {
    this.reason = reason;
    this.nanosBetween = Duration.ofSeconds(1).toNanos() / connectionsPerSecond;
    this.nextNanos = nowNanos;
  }

  /** A connection is to be closed when its turn has come. */
  void add(TransportConnection connection) {
    waiting.add(connection);
  }

  /** Closes as many as may be closed by now. */
  void sweep(long nowNanos) {
    nextNanos -= busy.getAndSet(0) * nanosBetween;
    nextNanos = Math.max(nextNanos - nowNanos, -SLACK_NANOS) + nowNanos;
    // Those that are busy come back to the end while this goes on.
    for (int left = waiting.size(); left > 0 && nextNanos - nowNanos <= 0; left--) {
      TransportConnection connection = waiting.poll();
      if (connection == null) {
        return;
      }
      nextNanos += nanosBetween;
      // The second look comes behind what was sent before the first.
      connection.closeUnlessBusy(
          reason, () -> connection.closeUnlessBusy(reason, () -> comeBack(connection)));
    }
  }

  private void comeBack(TransportConnection connection) {
    busy.incrementAndGet();
    waiting.add(connection);
  }
}
