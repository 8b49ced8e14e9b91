package dev.hubwire.probe.wire;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/**
 * What all clients of one run share. Thread-safe.
 *
 * @param timeout for each step: a connection, an answer, a message that is due
 * @param trust who is believed to be who they say
 * @param threads runs tasks of clients; owned by whoever made it
 * @param nanoTime as {@link System#nanoTime}
 */
public record Network(
    Duration timeout, SSLContext trust, ExecutorService threads, LongSupplier nanoTime) {
  static {
    // The HTTP client would send a GET again, up to four times, when its connection is cut: a poll
    // that a proxy ended would seem to have lived on.
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
  }

  public Network {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
    }
  }

  /** A client that the server has not seen before: it brings no cookies. */
  public Visitor visitor(Destination destination) {
    return new Visitor(this, destination);
  }

  public Duration since(long start) {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }
}
