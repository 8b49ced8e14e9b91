package dev.hubwire.functional;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.ClientUnreachableException;
import dev.hubwire.hub.HubContext;
import dev.hubwire.hub.HubException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.concurrent.CompletableFuture;

/** The plain HTTP endpoints beside the hubs. */
final class Pages {
  private static final String BAD_NEGOTIATE = "/bad-negotiate";
  private static final String CLIENT_RESULT = "/clientresult";
  private static final String TOKEN = "/generateJwtToken";

  private final Tokens tokens;
  private final CompletableFuture<HubContext<ClientProxy>> hub;

  /**
   * @param hub completed when the server has started
   */
  Pages(Tokens tokens, CompletableFuture<HubContext<ClientProxy>> hub) {
    this.tokens = tokens;
    this.hub = hub;
  }

  /** Answers on the IO thread, unless there is something to wait for. */
  void handle(HttpServerExchange exchange) {
    if (Redirects.isAtOrBelow(BAD_NEGOTIATE, exchange)) {
      exchange.setStatusCode(StatusCodes.BAD_REQUEST);
      text(exchange, "Some response from server");
    } else if (exchange.getRequestPath().equalsIgnoreCase(TOKEN)) {
      text(exchange, tokens.issue());
    } else if (Redirects.isAtOrBelow(CLIENT_RESULT, exchange)) {
      // A client may take its time, which the IO thread has not.
      exchange.dispatch(Thread::startVirtualThread, () -> text(exchange, answerOf(exchange)));
    } else {
      exchange.setStatusCode(StatusCodes.NOT_FOUND).endExchange();
    }
  }

  /** What the client answers whose id the path ends with, or why it does not. */
  private String answerOf(HttpServerExchange exchange) {
    String path = exchange.getRequestPath();
    String id = path.substring(path.lastIndexOf('/') + 1);
    try {
      return hub.join().clients().client(id).invokeAndWait("Result", Integer.class).toString();
    } catch (HubException | ClientUnreachableException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void text(HttpServerExchange exchange, String text) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
    exchange.getResponseSender().send(text);
  }
}
