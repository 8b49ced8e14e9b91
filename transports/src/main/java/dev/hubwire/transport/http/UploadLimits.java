package dev.hubwire.transport.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a POST's body may be like.
 *
 * @param maxBytes its length
 * @param minBytesPerSecond how fast it must come once the grace is used up. Only the time counts in
 *     which the server waits for the client
 * @param grace how long the server waits in any case
 */
public record UploadLimits(long maxBytes, int minBytesPerSecond, Duration grace) {
  /** The reference's web server has the same limits. */
  public static final long DEFAULT_MAX_BYTES = 30_000_000;

  public static final int DEFAULT_MIN_BYTES_PER_SECOND = 240;
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  public UploadLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBodyBytes: " + maxBytes + " (expected: >= 1)");
    }
    if (minBytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "minBodyBytesPerSecond: " + minBytesPerSecond + " (expected: >= 1)");
    }
    if (!grace.isPositive()) {
      throw new IllegalArgumentException("bodyGrace: " + grace + " (expected: > 0)");
    }
  }

  public static UploadLimits defaults() {
    return new UploadLimits(DEFAULT_MAX_BYTES, DEFAULT_MIN_BYTES_PER_SECOND, DEFAULT_GRACE);
  }

  /** How long a client may be waited for in all when this much of the body came. */
  long patienceNanos(long bytes) {
    long byPace = TimeUnit.SECONDS.toNanos(bytes / minBytesPerSecond);
    return grace.toNanos() + Math.min(byPace, Long.MAX_VALUE - grace.toNanos());
  }
}
