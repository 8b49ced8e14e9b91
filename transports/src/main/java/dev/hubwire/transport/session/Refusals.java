package dev.hubwire.transport.session;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.hubwire.transport.Limit;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what was refused for a limit, and says so in the log: a line for a limit at most once a
 * minute, since whoever sends too much could fill the log as well. Thread-safe.
 */
public final class Refusals {
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final Ticker ticker;
  private final Report report;
  private final Map<Limit, Count> counts = new EnumMap<>(Limit.class);

  public Refusals(Ticker ticker) {
    this(ticker, SessionLog::refused);
  }

  Refusals(Ticker ticker, Report report) {
    this.ticker = ticker;
    this.report = report;
    for (Limit limit : Limit.values()) {
      counts.put(limit, new Count(ticker.read() - QUIET_NANOS));
    }
  }

  /** Says in the log what was refused. */
  @FunctionalInterface
  interface Report {
    void refused(Limit limit, Object where, Object who, long ever);
  }

  /**
   * Something was refused.
   *
   * @param where the endpoint, or the connection's id
   * @param who the peer, as the log may name it
   */
  public void count(Limit limit, Object where, Object who) {
    Count count = of(limit);
    count.refused.increment();
    long now = ticker.read();
    long last = count.reportedNanos.get();
    if (now - last >= QUIET_NANOS && count.reportedNanos.compareAndSet(last, now)) {
      report.refused(limit, where, who, count.refused.sum());
    }
  }

  /** How often each limit was met, ever; with every limit in it. */
  public Map<Limit, Long> snapshot() {
    Map<Limit, Long> snapshot = new EnumMap<>(Limit.class);
    counts.forEach((limit, count) -> snapshot.put(limit, count.refused.sum()));
    return Collections.unmodifiableMap(snapshot);
  }

  private Count of(Limit limit) {
    Count count = counts.get(limit);
    if (count == null) {
      throw new IllegalStateException("every limit has a count");
    }
    return count;
  }

  private static final class Count {
    final LongAdder refused = new LongAdder();

    /** When the log last had a line about it, by the ticker. Any thread. */
    final AtomicLong reportedNanos;

    Count(long reportedNanos) {
      this.reportedNanos = new AtomicLong(reportedNanos);
    }
  }
}
