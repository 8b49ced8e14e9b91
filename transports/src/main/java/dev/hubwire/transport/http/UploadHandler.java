package dev.hubwire.transport.http;

import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.endpoint.UploadReceiver;
import dev.hubwire.transport.session.Refusals;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.util.function.LongSupplier;

/**
 * Brings POSTs to their connections. One that comes before its connection has a transport waits for
 * it with its body unread, until the negotiation expires. Thread-safe.
 */
public final class UploadHandler implements UploadReceiver {
  private final Terms terms;

  /**
   * @param refusals counts what is refused for the limits
   * @param nanoClock nanoseconds since an arbitrary origin
   */
  public UploadHandler(UploadLimits limits, Refusals refusals, LongSupplier nanoClock) {
    this.terms = new Terms(limits, refusals, nanoClock);
  }

  /** What holds for every upload. */
  record Terms(UploadLimits limits, Refusals refusals, LongSupplier nanoClock) {}

  @Override
  public void receive(HttpServerExchange exchange, Session session) {
    // What is started here runs when the handlers have returned, so that it cannot meet them.
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> await(exchange, session));
  }

  private void await(HttpServerExchange exchange, Session session) {
    var unused =
        session
            .connection()
            .whenComplete(
                (connection, over) -> {
                  if (connection instanceof HttpConnection http) {
                    http.take(new Upload(exchange, http, terms));
                  } else {
                    Answer answer = over == null ? Answer.POST_NOT_ALLOWED : Answer.GONE;
                    exchange.getIoThread().execute(() -> answer.send(exchange));
                  }
                });
  }
}
