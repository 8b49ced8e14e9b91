package dev.hubwire.server;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.function.BooleanSupplier;

/** Tells balancers whether they should send new clients: 200 or 503. */
final class Readiness implements HttpHandler {
  private final String path;
  private final BooleanSupplier ready;
  private final HttpHandler next;

  Readiness(String path, BooleanSupplier ready, HttpHandler next) {
    this.path = path;
    this.ready = ready;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!exchange.getRelativePath().equals(path)) {
      next.handleRequest(exchange);
      return;
    }
    boolean yes = ready.getAsBoolean();
    exchange.setStatusCode(yes ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(yes ? "ready" : "draining");
  }
}
