package dev.hubwire.dispatch;

import java.util.HashMap;
import java.util.Map;

/** How often one connection calls the methods that may be called so often. Lane thread only. */
final class CallRates {
  private final Map<MethodLimits, TokenBucket> buckets = new HashMap<>();

  /** Whether there may be one more call; then it counts. */
  boolean allow(MethodLimits limits, long nowNanos) {
    return buckets
        .computeIfAbsent(limits, unused -> new TokenBucket(limits.ratePerSecond(), nowNanos))
        .take(nowNanos);
  }
}
