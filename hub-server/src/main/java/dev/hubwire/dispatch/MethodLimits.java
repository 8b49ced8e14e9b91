package dev.hubwire.dispatch;

import dev.hubwire.hub.CallLimits;
import dev.hubwire.hub.HubException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The limits of one method, and how many calls of it run. Thread-safe. */
final class MethodLimits {
  private static final int MAX_RATE = 1_000_000_000;

  private final int parallel;
  private final int ratePerSecond;
  private final int maxBytes;
  private final Duration timeout;
  private final boolean interrupt;
  private final AtomicInteger running = new AtomicInteger();

  private MethodLimits(CallLimits declared) {
    this.parallel = declared.parallel();
    this.ratePerSecond = declared.ratePerSecond();
    this.maxBytes = declared.maxBytes();
    this.timeout = Duration.ofMillis(declared.timeoutMillis());
    this.interrupt = declared.interrupt();
  }

  /**
   * @param where whose limits they are, for messages
   * @throws IllegalArgumentException if they make no sense
   */
  static MethodLimits of(CallLimits declared, String where, boolean streaming) {
    requireRange(declared.parallel(), Integer.MAX_VALUE, "parallel", where);
    requireRange(declared.ratePerSecond(), MAX_RATE, "ratePerSecond", where);
    requireRange(declared.maxBytes(), Integer.MAX_VALUE, "maxBytes", where);
    requireRange(declared.timeoutMillis(), Integer.MAX_VALUE, "timeoutMillis", where);
    if (streaming && declared.timeoutMillis() > 0) {
      throw new IllegalArgumentException(
          "@CallLimits of %s: timeoutMillis: %d (expected: 0, for a stream takes as long as its client reads)"
              .formatted(where, declared.timeoutMillis()));
    }
    if (declared.interrupt() && declared.timeoutMillis() == 0) {
      throw new IllegalArgumentException(
          "@CallLimits of %s: interrupt: true (expected: false, or a timeoutMillis)"
              .formatted(where));
    }
    return new MethodLimits(declared);
  }

  private static void requireRange(long value, long most, String name, String where) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          "@CallLimits of %s: %s: %d (expected: 0 to %d)".formatted(where, name, value, most));
    }
  }

  /** How many calls a second one connection may make; 0 for any number. */
  int ratePerSecond() {
    return ratePerSecond;
  }

  boolean allowsBytes(int wireBytes) {
    return maxBytes == 0 || wireBytes <= maxBytes;
  }

  boolean hasTimeout() {
    return timeout.isPositive();
  }

  Duration timeout() {
    return timeout;
  }

  /** Whether the thread of a late call is interrupted. */
  boolean interrupts() {
    return interrupt;
  }

  /** Whether one more call may run; it is counted until it {@linkplain #leave leaves}. */
  boolean enter() {
    if (running.incrementAndGet() <= parallel || parallel == 0) {
      return true;
    }
    leave();
    return false;
  }

  void leave() {
    running.decrementAndGet();
  }

  HubException tooLarge(int wireBytes) {
    return new HubException("The call has " + wireBytes + " bytes, and may have " + maxBytes + ".");
  }

  HubException tooOften() {
    return new HubException(
        "The method may be called " + ratePerSecond + " time(s) a second by one connection.");
  }

  HubException tooManyAtATime() {
    return new HubException(
        "The method already runs " + parallel + " time(s), the most it may at a time.");
  }

  HubException tookTooLong() {
    return new HubException("The method took longer than " + timeout.toMillis() + " ms.");
  }
}
