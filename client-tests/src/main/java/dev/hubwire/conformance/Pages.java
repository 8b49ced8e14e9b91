package dev.hubwire.conformance;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The plain HTTP endpoints beside the hubs. */
final class Pages {
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Consumer<String> publish;

  /**
   * @param publish sends a text to all clients of the conformance hub; may block
   */
  Pages(Tokens tokens, Consumer<String> publish) {
    this.tokens = tokens;
    this.publish = publish;
  }

  HttpHandler handler() {
    return new RoutingHandler()
        .get("/healthz", exchange -> text(exchange, "ok"))
        .get("/token", this::token)
        .post("/publish", this::publish);
  }

  private void token(HttpServerExchange exchange) {
    String user = query(exchange, "user");
    String seconds = query(exchange, "seconds");
    if (user == null || user.isEmpty() || (seconds != null && !seconds.matches("-?\\d{1,9}"))) {
      exchange.setStatusCode(StatusCodes.BAD_REQUEST);
      return;
    }
    Duration lifetime =
        seconds == null ? TOKEN_LIFETIME : Duration.ofSeconds(Integer.parseInt(seconds));
    text(exchange, tokens.issue(user, query(exchange, "role"), lifetime));
  }

  private void publish(HttpServerExchange exchange) {
    String text = query(exchange, "text");
    if (text == null) {
      exchange.setStatusCode(StatusCodes.BAD_REQUEST);
      return;
    }
    // A send may wait for a congested client, which the IO thread must not.
    exchange.dispatch(
        () -> {
          publish.accept(text);
          exchange.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
        });
  }

  private static void text(HttpServerExchange exchange, String text) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
    exchange.getResponseSender().send(text);
  }

  private static @Nullable String query(HttpServerExchange exchange, String name) {
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values == null ? null : values.peekFirst();
  }
}
