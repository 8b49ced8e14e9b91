package dev.hubwire.functional;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.DateUtils;
import io.undertow.util.Headers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/** Sets cookies with every negotiation: two to keep, and one that has expired. */
final class Cookies implements HttpHandler {
  private static final Duration EXPIRED_SINCE = Duration.ofHours(1);

  private final InstantSource clock;
  private final HttpHandler next;

  Cookies(InstantSource clock, HttpHandler next) {
    this.clock = clock;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.getRequestPath().toLowerCase(Locale.ROOT).contains("/negotiate")) {
      // A page of another origin gets them only so, and browsers ask for https then.
      String security =
          exchange.getRequestScheme().equals("https") ? "; secure; samesite=none; partitioned" : "";
      String past = DateUtils.toDateString(Date.from(clock.instant().minus(EXPIRED_SINCE)));
      List<String> cookies =
          List.of(
              "testCookie=testValue; path=/",
              "testCookie2=testValue2; path=/",
              "expiredCookie=doesntmatter; expires=" + past + "; path=/");
      for (String cookie : cookies) {
        exchange.getResponseHeaders().add(Headers.SET_COOKIE, cookie + security);
      }
    }
    next.handleRequest(exchange);
  }
}
