package dev.hubwire.transport.http;

import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.endpoint.UploadReceiver;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;

/**
 * Brings POSTs to their connections. One that comes before its connection has a transport waits for
 * it with its body unread, until the negotiation expires. Thread-safe.
 */
public final class UploadHandler implements UploadReceiver {
  private final long maxBytes;

  /**
   * @param maxBytes the longest body that is taken
   */
  public UploadHandler(long maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: >= 1)");
    }
    this.maxBytes = maxBytes;
  }

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
                    http.take(new Upload(exchange, http, maxBytes));
                  } else {
                    Answer answer = over == null ? Answer.POST_NOT_ALLOWED : Answer.GONE;
                    exchange.getIoThread().execute(() -> answer.send(exchange));
                  }
                });
  }
}
