package dev.hubwire.transport.session;

import dev.hubwire.transport.CloseReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts why connections ended. Thread-safe. */
final class CloseCounts {
  /** One for every reason; filled once, then only read. */
  private final Map<CloseReason, LongAdder> counts = new EnumMap<>(CloseReason.class);

  CloseCounts() {
    for (CloseReason reason : CloseReason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  void count(CloseReason reason) {
    LongAdder count = counts.get(reason);
    if (count == null) {
      throw new IllegalStateException("every reason has a count");
    }
    count.increment();
  }

  Map<CloseReason, Long> snapshot() {
    Map<CloseReason, Long> snapshot = new EnumMap<>(CloseReason.class);
    counts.forEach((reason, count) -> snapshot.put(reason, count.sum()));
    return Collections.unmodifiableMap(snapshot);
  }
}
