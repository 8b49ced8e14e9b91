package dev.hubwire.transport.endpoint;

import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.User;
import io.undertow.security.api.SecurityContext;
import io.undertow.security.idm.Account;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an endpoint reads from a request. */
final class Requests {
  private static final String EVENT_STREAM = "text/event-stream";

  private Requests() {}

  /** The request with the user that the HTTP server found, if any. */
  static ConnectionRequest read(HttpServerExchange exchange, QueryString query) {
    List<String> headers = new ArrayList<>();
    for (HeaderValues values : exchange.getRequestHeaders()) {
      String name = values.getHeaderName().toString();
      for (String value : values) {
        headers.add(name);
        headers.add(value);
      }
    }
    return new ConnectionRequest(
        exchange.getRequestPath(),
        query.pairs(),
        headers,
        exchange.getSourceAddress(),
        accountOf(exchange));
  }

  /**
   * Whether this would have been a WebSocket handshake, had a proxy not taken out what belongs to
   * one hop only (RFC 9110 §7.6.1).
   */
  static boolean isStrippedHandshake(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    return headers.contains(Headers.SEC_WEB_SOCKET_KEY) && !headers.contains(Headers.UPGRADE);
  }

  static ConnectionRequest withUser(ConnectionRequest request, @Nullable User user) {
    return Objects.equals(user, request.user())
        ? request
        : new ConnectionRequest(
            request.path(), request.query(), request.headers(), request.remoteAddress(), user);
  }

  /** What Undertow's security handlers left at the exchange, if there are any in front. */
  private static @Nullable User accountOf(HttpServerExchange exchange) {
    SecurityContext security = exchange.getSecurityContext();
    Account account = security == null ? null : security.getAuthenticatedAccount();
    if (account == null) {
      return null;
    }
    Principal principal = account.getPrincipal();
    return principal instanceof User user
        ? user
        : new User(principal.getName(), account.getRoles(), Map.of(), null);
  }

  /**
   * Whether the request is for server-sent events: an element of the {@code Accept} list is exactly
   * this type, in any letter case and without parameters ({@code docs/protocol/connections.md}
   * §1.2).
   */
  static boolean acceptsEventStream(HttpServerExchange exchange) {
    HeaderValues accept = exchange.getRequestHeaders().get(Headers.ACCEPT);
    if (accept == null) {
      return false;
    }
    for (String list : accept) {
      for (String element : list.split(",", -1)) {
        if (element.strip().equalsIgnoreCase(EVENT_STREAM)) {
          return true;
        }
      }
    }
    return false;
  }
}
