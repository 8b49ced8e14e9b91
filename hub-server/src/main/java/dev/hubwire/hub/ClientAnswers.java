package dev.hubwire.hub;

import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/**
 * The answers of several clients as they come: one of each that was asked. Who has not answered
 * when the time is up comes as a failure then, so the last answer is never later than that.
 *
 * <p>For one reader, who either iterates or subscribes. Until they are read, answers are kept: one
 * for each client at most, none larger than a message may be. Whoever wants no more closes it; what
 * is still open is given up then, and late answers are ignored.
 *
 * @param <R> what was asked for
 */
public interface ClientAnswers<R>
    extends Iterable<ClientAnswer<R>>, Flow.Publisher<ClientAnswer<R>>, AutoCloseable {
  /**
   * The answers, once. Asking for the next one waits for it, and throws {@link
   * java.util.concurrent.CancellationException} if the waiting thread is interrupted.
   *
   * @throws IllegalStateException if they have a reader already
   */
  @Override
  Iterator<ClientAnswer<R>> iterator();

  /** As {@link #iterator()}; closing the stream closes this. */
  Stream<ClientAnswer<R>> stream();

  /** Signals on threads that may block. A second subscriber gets an error. */
  @Override
  void subscribe(Flow.Subscriber<? super ClientAnswer<R>> subscriber);

  /** Idempotent. */
  @Override
  void close();
}
