package dev.hubwire.functional;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/** The plain HTTP endpoints beside the hubs. */
final class Pages {
  private static final String BAD_NEGOTIATE = "/bad-negotiate";
  private static final String TOKEN = "/generateJwtToken";

  private final Tokens tokens;

  Pages(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Answers on the IO thread, unless there is something to wait for. */
  void handle(HttpServerExchange exchange) {
    if (Redirects.isAtOrBelow(BAD_NEGOTIATE, exchange)) {
      exchange.setStatusCode(StatusCodes.BAD_REQUEST);
      text(exchange, "Some response from server");
    } else if (exchange.getRequestPath().equalsIgnoreCase(TOKEN)) {
      text(exchange, tokens.issue());
    } else {
      exchange.setStatusCode(StatusCodes.NOT_FOUND).endExchange();
    }
  }

  private static void text(HttpServerExchange exchange, String text) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
    exchange.getResponseSender().send(text);
  }
}
