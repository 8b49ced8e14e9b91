package dev.hubwire.dispatch;

import java.util.concurrent.TimeUnit;

/** So many a second, of which one second can be saved up. For one thread at a time. */
final class TokenBucket {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** The time that one use costs. */
  private final long cost;

  /** Up to when the time is used up. */
  private long usedUntil;

  /**
   * @param perSecond 1 to a billion
   * @param now nanoseconds since an arbitrary origin
   */
  TokenBucket(int perSecond, long now) {
    this.cost = SECOND / perSecond;
    this.usedUntil = now - SECOND;
  }

  /** Whether there is something left; then it is used. */
  boolean take(long now) {
    if (now - usedUntil > SECOND) {
      usedUntil = now - SECOND;
    }
    if (now - usedUntil < cost) {
      return false;
    }
    usedUntil += cost;
    return true;
  }
}
