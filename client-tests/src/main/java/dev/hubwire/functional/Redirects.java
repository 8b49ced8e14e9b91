package dev.hubwire.functional;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two ways to send a client elsewhere, which answer before anybody looks where a request belongs:
 * {@code /echoredirect} by status, {@code /redirect} by a negotiation that names another server.
 */
final class Redirects {
  private static final String BY_STATUS = "/echoredirect";
  private static final String BY_NEGOTIATION = "/redirect";

  /** A request may name scheme and host before its path (RFC 9112 §3.2.2). */
  private static final Pattern FIRST_SEGMENT = Pattern.compile("^(?:https?://[^/]*)?/[^/]*");

  private final JsonMapper json = new JsonMapper();
  private final AtomicInteger negotiations = new AtomicInteger();

  /** Answers what is redirected, and leaves the rest to another handler. */
  HttpHandler before(HttpHandler next) {
    return exchange -> {
      if (isAtOrBelow(BY_STATUS, exchange)) {
        sendElsewhere(exchange);
      } else if (isAtOrBelow(BY_NEGOTIATION, exchange)) {
        nameAnother(exchange);
      } else {
        next.handleRequest(exchange);
      }
    };
  }

  static boolean isAtOrBelow(String path, HttpServerExchange exchange) {
    String asked = exchange.getRequestPath().toLowerCase(Locale.ROOT);
    return asked.equals(path) || asked.startsWith(path + "/");
  }

  private static void sendElsewhere(HttpServerExchange exchange) {
    String path = FIRST_SEGMENT.matcher(exchange.getRequestURI()).replaceFirst("/echo");
    String query = exchange.getQueryString();
    exchange
        .getResponseHeaders()
        .put(Headers.LOCATION, query.isEmpty() ? path : path + "?" + query);
    exchange.setStatusCode(StatusCodes.TEMPORARY_REDIRECT).endExchange();
  }

  private void nameAnother(HttpServerExchange exchange) {
    Deque<String> servers = exchange.getQueryParameters().get("baseUrl");
    String server = servers == null ? "" : servers.getFirst();
    String url = server + "/testHub?numRedirects=" + negotiations.incrementAndGet();
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(json.writeValueAsString(Map.of("url", url)));
  }
}
