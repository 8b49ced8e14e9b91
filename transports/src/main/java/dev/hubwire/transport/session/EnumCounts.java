package dev.hubwire.transport.session;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts how often each constant of an enum was met. Thread-safe. */
public final class EnumCounts<E extends Enum<E>> {
  private final Class<E> type;

  /** One for every constant; filled once, then only read. */
  private final Map<E, LongAdder> counts;

  public EnumCounts(Class<E> type) {
    this.type = type;
    this.counts = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counts.put(constant, new LongAdder());
    }
  }

  public void count(E constant) {
    LongAdder count = counts.get(constant);
    if (count == null) {
      throw new IllegalStateException("every constant has a count");
    }
    count.increment();
  }

  /** The counts so far, with every constant in it; unmodifiable. */
  public Map<E, Long> snapshot() {
    Map<E, Long> snapshot = new EnumMap<>(type);
    counts.forEach((constant, count) -> snapshot.put(constant, count.sum()));
    return Collections.unmodifiableMap(snapshot);
  }
}
