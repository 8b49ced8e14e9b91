package dev.hubwire.transport.longpoll;

import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.http.Departure;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;

/**
 * One request that waits for something to answer with. It is answered once; its exchange is touched
 * on its own IO thread only, so every method may be called by any thread.
 */
final class Poll {
  private static final String BYTES = "application/octet-stream";

  private final HttpServerExchange exchange;

  Poll(HttpServerExchange exchange) {
    this.exchange = exchange;
  }

  /** Watches for a client that leaves before it has its answer. */
  void whenGone(Runnable gone) {
    onExchange(() -> Departure.watch(exchange, gone));
  }

  /** Answers with what was sent to the client. */
  void answer(ByteBuffer content) {
    onExchange(
        () -> {
          Departure.stop(exchange);
          exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, BYTES);
          if (content.hasRemaining()) {
            exchange.getResponseSender().send(content);
          } else {
            exchange.endExchange();
          }
        });
  }

  void answer(Answer answer) {
    onExchange(
        () -> {
          Departure.stop(exchange);
          answer.send(exchange);
        });
  }

  private void onExchange(Runnable work) {
    exchange.getIoThread().execute(work);
  }
}
