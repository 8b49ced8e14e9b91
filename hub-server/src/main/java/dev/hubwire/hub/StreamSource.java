package dev.hubwire.hub;

import java.util.Iterator;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What a client uploads while a hub's method runs: a parameter of this type takes no argument but a
 * stream, in the order of such parameters ({@code docs/protocol/hub-semantics.md} §12).
 *
 * <p>Iterating waits for the next item, and belongs to one thread at a time. A stream that is not
 * read holds up its whole connection once its buffer is full. It ends with the method it was given
 * to, or with the stream that method returned; what comes later is dropped.
 *
 * @param <T> the items, read as an argument of this type would be
 */
public interface StreamSource<T extends @Nullable Object> extends Iterable<T>, AutoCloseable {
  /**
   * The items, once. Asking for the next one throws:
   *
   * <ul>
   *   <li>{@link HubException} with the client's text if the client ended its stream with an error,
   *       and with {@code Failed to bind Stream message.} if an item does not fit;
   *   <li>{@link CancellationException} if the connection is over, or the waiting thread was
   *       interrupted.
   * </ul>
   *
   * @throws IllegalStateException if called a second time
   */
  @Override
  Iterator<T> iterator();

  /** Wants no more: whatever the client still sends is dropped. */
  @Override
  void close();
}
