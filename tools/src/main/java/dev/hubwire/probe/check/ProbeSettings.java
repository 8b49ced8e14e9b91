package dev.hubwire.probe.check;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much to try.
 *
 * @param repeat negotiations in search of affinity
 * @param idle how long to say nothing
 * @param maxBytes the longest body and message
 * @param origin of the pages that use the hub, or null for those of its own origin
 */
public record ProbeSettings(int repeat, Duration idle, int maxBytes, @Nullable String origin) {
  public static final int DEFAULT_REPEAT = 20;
  public static final Duration DEFAULT_IDLE = Duration.ofSeconds(20);
  public static final int DEFAULT_MAX_BYTES = 64 * 1024;

  /** No message is shorter. */
  private static final int MIN_BYTES = 1024;

  public ProbeSettings {
    require(repeat >= 1, "repeat", repeat, ">= 1");
    require(idle.isPositive(), "idle", idle, "> 0");
    require(maxBytes >= MIN_BYTES, "max-bytes", maxBytes, ">= " + MIN_BYTES);
    require(origin == null || isOrigin(origin), "origin", "" + origin, "scheme://host[:port]");
  }

  private static void require(boolean condition, String name, Object value, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null && text.equals(uri.getScheme() + "://" + uri.getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
