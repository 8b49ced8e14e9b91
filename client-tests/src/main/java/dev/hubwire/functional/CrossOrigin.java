package dev.hubwire.functional;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

/**
 * Lets pages of every origin see the answers of the handlers behind it, with credentials, and
 * answers every question whether they may.
 */
final class CrossOrigin implements HttpHandler {
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_CREDENTIALS =
      new HttpString("Access-Control-Allow-Credentials");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");
  private static final HttpString REQUEST_HEADERS =
      new HttpString("Access-Control-Request-Headers");

  private final HttpHandler next;

  CrossOrigin(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    HeaderMap asked = exchange.getRequestHeaders();
    HeaderMap told = exchange.getResponseHeaders();
    String origin = asked.getFirst(Headers.ORIGIN);
    if (origin != null) {
      told.put(ALLOW_ORIGIN, origin).put(ALLOW_CREDENTIALS, "true");
    }
    if (!exchange.getRequestMethod().equalToString("OPTIONS")) {
      next.handleRequest(exchange);
      return;
    }
    echo(asked, REQUEST_METHOD, told, ALLOW_METHODS);
    echo(asked, REQUEST_HEADERS, told, ALLOW_HEADERS);
    exchange.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
  }

  private static void echo(
      HeaderMap asked, HttpString question, HeaderMap told, HttpString answer) {
    String value = asked.getFirst(question);
    if (value != null) {
      told.put(answer, value);
    }
  }
}
