package dev.hubwire.hub;

import org.jspecify.annotations.Nullable;

/**
 * What one of several clients answered, or why it did not.
 *
 * @param <R> what was asked for
 */
public sealed interface ClientAnswer<R> {
  String connectionId();

  /**
   * @param value null where the client answers null
   */
  record Result<R>(String connectionId, @Nullable R value) implements ClientAnswer<R> {}

  /**
   * @param cause what {@link ClientProxy#invoke} of that one client fails with
   */
  record Failure<R>(String connectionId, Throwable cause) implements ClientAnswer<R> {}
}
