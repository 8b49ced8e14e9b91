package dev.hubwire.hub;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client is to answer, and how long it is waited for. Immutable.
 *
 * @param type what the answer is read as, as an argument of this type would be
 * @param timeout how long it is waited for; null for as long as the client is connected
 * @param cancellation what ends the wait early; null for nothing
 * @param <R> the type
 */
public record ClientResult<R>(
    Type type, @Nullable Duration timeout, @Nullable Cancellation cancellation) {

  public ClientResult {
    Objects.requireNonNull(type, "type: null (expected: what the client answers)");
    if (type == void.class || type == Void.class) {
      throw new IllegalArgumentException(
          "type: void (expected: a type; what is not answered is sent)");
    }
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException("timeout: " + timeout + " (expected: > 0)");
    }
  }

  public static <R> ClientResult<R> of(Class<R> type) {
    return new ClientResult<>(type, null, null);
  }

  /**
   * As {@link #of} for a type with arguments, such as a list of something.
   *
   * @param <R> has to be that type
   */
  public static <R> ClientResult<R> ofType(Type type) {
    return new ClientResult<>(type, null, null);
  }

  /** The same, waited for as long as this at most. */
  public ClientResult<R> within(Duration timeout) {
    return new ClientResult<>(type, timeout, cancellation);
  }

  /** The same, not waited for any longer once this is cancelled. */
  public ClientResult<R> until(Cancellation cancellation) {
    return new ClientResult<>(type, timeout, cancellation);
  }
}
