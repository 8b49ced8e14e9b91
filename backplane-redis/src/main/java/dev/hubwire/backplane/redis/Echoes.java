package dev.hubwire.backplane.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * This server's own messages that Redis has to bring back before its connections get them. When
 * Redis cannot do that any more, they are delivered at once; one that comes back after all was
 * delivered already, and is known by its channel and bytes: who published equal ones does not
 * matter.
 *
 * <p>Bounds: {@value #MAX_BYTES} bytes, and {@link #PATIENCE} for each. A message past the first is
 * not watched over, and lost here if Redis fails before it comes back. Thread-safe, guarded by
 * {@code this}.
 */
final class Echoes {
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** What has not come back in this time never will. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LongSupplier nanoClock;
  private final Map<String, Deque<Echo>> expected = new HashMap<>();
  private long bytes;

  Echoes(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A message that has to come back. */
  static final class Echo {
    private final Parcel parcel;
    private final long sinceNanos;

    /** Whether the connections here have it. Guarded by the echoes, like what follows. */
    private boolean delivered;

    /** Whether Redis took it. */
    private boolean accepted;

    private Echo(Parcel parcel, long sinceNanos) {
      this.parcel = parcel;
      this.sinceNanos = sinceNanos;
    }
  }

  /** Before a message is published; null if it is not watched over. */
  synchronized @Nullable Echo expect(Parcel parcel) {
    if (bytes + parcel.payload().length > MAX_BYTES) {
      return null;
    }
    Echo echo = new Echo(parcel, nanoClock.getAsLong());
    bytes += parcel.payload().length;
    expected.computeIfAbsent(parcel.channel(), channel -> new ArrayDeque<>()).add(echo);
    return echo;
  }

  /**
   * A message came.
   *
   * @return whether the connections here have it already
   */
  synchronized boolean arrived(String channel, byte[] payload) {
    Deque<Echo> ofChannel = expected.get(channel);
    if (ofChannel == null) {
      return false;
    }
    for (Iterator<Echo> echoes = ofChannel.iterator(); echoes.hasNext(); ) {
      Echo echo = echoes.next();
      if (Arrays.equals(echo.parcel.payload(), payload)) {
        remove(echoes, echo);
        dropIfEmpty(channel, ofChannel);
        return echo.delivered;
      }
    }
    return false;
  }

  /** Redis took a message: it comes back, or this session has missed it. */
  synchronized void accepted(Echo echo) {
    echo.accepted = true;
  }

  /**
   * Redis refused a message, which does not come back.
   *
   * @return whether it is to be delivered here now
   */
  synchronized boolean refused(Echo echo) {
    Deque<Echo> ofChannel = expected.get(echo.parcel.channel());
    if (ofChannel == null || !ofChannel.remove(echo)) {
      return false;
    }
    bytes -= echo.parcel.payload().length;
    dropIfEmpty(echo.parcel.channel(), ofChannel);
    return !echo.delivered;
  }

  /**
   * Nobody knows whether Redis took a message; should it come back, it is known.
   *
   * @return whether it is to be delivered here now
   */
  synchronized boolean lost(Echo echo) {
    Deque<Echo> ofChannel = expected.get(echo.parcel.channel());
    if (echo.delivered || ofChannel == null || !ofChannel.contains(echo)) {
      return false;
    }
    echo.delivered = true;
    return true;
  }

  /**
   * The session is over, and with it what it would have brought back. Messages that Redis may still
   * take stay known.
   *
   * @return those to deliver here now, in the order they were sent
   */
  synchronized List<Parcel> lostAll() {
    List<Echo> due = new ArrayList<>();
    removeIf(
        echo -> {
          if (!echo.delivered) {
            echo.delivered = true;
            due.add(echo);
          }
          return echo.accepted;
        });
    return due.stream()
        .sorted((one, other) -> Long.signum(one.sinceNanos - other.sinceNanos))
        .map(echo -> echo.parcel)
        .toList();
  }

  /** Forgets what is too old. */
  synchronized void expire() {
    long now = nanoClock.getAsLong();
    removeIf(echo -> now - echo.sinceNanos > PATIENCE.toNanos());
  }

  synchronized boolean isEmpty() {
    return expected.isEmpty() && bytes == 0;
  }

  private void removeIf(Predicate<Echo> condition) {
    for (Iterator<Deque<Echo>> channels = expected.values().iterator(); channels.hasNext(); ) {
      Deque<Echo> ofChannel = channels.next();
      for (Iterator<Echo> echoes = ofChannel.iterator(); echoes.hasNext(); ) {
        Echo echo = echoes.next();
        if (condition.test(echo)) {
          remove(echoes, echo);
        }
      }
      if (ofChannel.isEmpty()) {
        channels.remove();
      }
    }
  }

  private void remove(Iterator<Echo> echoes, Echo echo) {
    echoes.remove();
    bytes -= echo.parcel.payload().length;
  }

  private void dropIfEmpty(String channel, Deque<Echo> ofChannel) {
    if (ofChannel.isEmpty()) {
      expected.remove(channel);
    }
  }
}
