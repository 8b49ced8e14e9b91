package dev.hubwire.transport.endpoint;

import dev.hubwire.transport.AllowedOrigins;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What browsers are told about pages of other origins ({@code docs/protocol/connections.md} §9.5,
 * §9.6). Before authentication: a browser asks for permission without credentials, and reads no
 * answer, not even a refusal, without permission. Thread-safe.
 */
final class Origins {
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
  private static final HttpString ALLOW_CREDENTIALS =
      new HttpString("Access-Control-Allow-Credentials");
  private static final HttpString ALLOW_METHODS = new HttpString("Access-Control-Allow-Methods");
  private static final HttpString ALLOW_HEADERS = new HttpString("Access-Control-Allow-Headers");
  private static final HttpString MAX_AGE = new HttpString("Access-Control-Max-Age");
  private static final HttpString REQUEST_METHOD = new HttpString("Access-Control-Request-Method");
  private static final HttpString REQUEST_HEADERS =
      new HttpString("Access-Control-Request-Headers");

  /** Seconds a browser may remember a permission; browsers keep none for longer. */
  private static final String REMEMBERED = "7200";

  private static final int MOST_REPORTED = 100;

  private final String endpoint;
  private final AllowedOrigins allowed;

  /** Refused origins that the log has seen. Any thread. */
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  Origins(String endpoint, AllowedOrigins allowed) {
    this.endpoint = endpoint;
    this.allowed = allowed;
  }

  /**
   * Sets what belongs to every answer, and answers what is to be answered here.
   *
   * @return whether the request goes on
   */
  boolean admit(HttpServerExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    if (origin == null) {
      return true;
    }
    exchange.getResponseHeaders().add(Headers.VARY, "Origin");
    if (!allowed.allows(origin, exchange.getHostAndPort())) {
      report(origin);
      Answer.ORIGIN_REFUSED.send(exchange);
      return false;
    }
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(ALLOW_ORIGIN, origin);
    headers.put(ALLOW_CREDENTIALS, "true");
    String method = preflightedMethod(exchange);
    if (method == null) {
      return true;
    }
    headers.put(ALLOW_METHODS, method);
    String wanted = exchange.getRequestHeaders().getFirst(REQUEST_HEADERS);
    if (wanted != null) {
      headers.put(ALLOW_HEADERS, wanted);
    }
    headers.put(MAX_AGE, REMEMBERED);
    Answer.PREFLIGHT.send(exchange);
    return false;
  }

  /** The method a browser asks permission for, or null if the request is not such a question. */
  private static @Nullable String preflightedMethod(HttpServerExchange exchange) {
    return exchange.getRequestMethod().equalToString("OPTIONS")
        ? exchange.getRequestHeaders().getFirst(REQUEST_METHOD)
        : null;
  }

  /** Each origin once, and not without end: a hostile page could fill the log. */
  private void report(String origin) {
    if (reported.size() < MOST_REPORTED && reported.add(origin)) {
      EndpointLog.originRefused(endpoint, origin, allowed);
    }
  }
}
