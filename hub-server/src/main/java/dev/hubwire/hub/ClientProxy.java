package dev.hubwire.hub;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods of clients by name; what a hub without an interface for its clients sends with.
 *
 * <p>Methods that ask fail with:
 *
 * <ul>
 *   <li>{@link HubException} with the client's text if it answers with an error, or with a text of
 *       the server if it answers with nothing, with something else than the type, or not in time;
 *   <li>{@link ClientUnreachableException} if there is no such connection, or it ends before the
 *       answer.
 * </ul>
 */
public interface ClientProxy {
  /**
   * Sends one message to each of the addressed clients.
   *
   * @param method the client's method; clients compare it ignoring case
   * @param arguments its arguments; each is written as the hub protocol writes its runtime type
   * @throws IllegalArgumentException if an argument cannot be written; nobody receives anything
   *     then
   */
  void send(String method, @Nullable Object... arguments);

  /**
   * Asks one client. What hangs on the future runs on a thread that may block. Cancelling or
   * completing it gives the answer up; the client does not hear of that.
   *
   * @return the answer; null in it where the client answers null
   * @throws IllegalStateException if more than one client may be meant, and in a hub's {@link
   *     Hub#onConnected}
   * @throws IllegalArgumentException if an argument cannot be written
   */
  <R> CompletableFuture<R> invoke(
      String method, ClientResult<R> result, @Nullable Object... arguments);

  /** As {@link #invoke(String, ClientResult, Object...)}, without a limit of time. */
  default <R> CompletableFuture<R> invoke(
      String method, Class<R> resultType, @Nullable Object... arguments) {
    return invoke(method, ClientResult.of(resultType), arguments);
  }

  /**
   * Asks one client and waits for the answer, which costs a virtual thread next to nothing. Other
   * calls of the connection whose call this is run meanwhile.
   *
   * @return the answer; null where the client answers null
   * @throws IllegalStateException as {@link #invoke(String, ClientResult, Object...)}, and on an IO
   *     thread, where {@link Inline} methods run
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   */
  <R> R invokeAndWait(String method, ClientResult<R> result, @Nullable Object... arguments);

  /** As {@link #invokeAndWait(String, ClientResult, Object...)}, without a limit of time. */
  default <R> R invokeAndWait(String method, Class<R> resultType, @Nullable Object... arguments) {
    return invokeAndWait(method, ClientResult.of(resultType), arguments);
  }

  /**
   * Asks each of the addressed clients, all at once. Groups, users and all mean the connections of
   * this server: no server knows who is connected to the others. Connections that are named are
   * asked wherever they are.
   *
   * @param result with a time limit, after which nobody is waited for
   */
  <R> ClientAnswers<R> gather(String method, ClientResult<R> result, @Nullable Object... arguments);

  /** As {@link #gather(String, ClientResult, Object...)}. */
  default <R> ClientAnswers<R> gather(
      String method, Class<R> resultType, Duration timeout, @Nullable Object... arguments) {
    return gather(method, ClientResult.of(resultType).within(timeout), arguments);
  }
}
