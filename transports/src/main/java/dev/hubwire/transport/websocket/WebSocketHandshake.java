package dev.hubwire.transport.websocket;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the opening handshake (RFC 6455 §4.2). A request that is not a valid one is
 * no error here but simply no WebSocket request (docs/protocol/connections.md §3.1).
 */
final class WebSocketHandshake {
  private static final String VERSION = "13";
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** 16 bytes in padded base64. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  private WebSocketHandshake() {}

  /**
   * Whether the request asks for a WebSocket in a form we can answer: HTTP/1.1, GET, without a
   * body, with {@code Connection}, {@code Upgrade}, {@code Sec-WebSocket-Version} and {@code
   * Sec-WebSocket-Key} as the standard wants them.
   */
  static boolean isUpgrade(HttpServerExchange exchange) {
    return Methods.GET.equals(exchange.getRequestMethod())
        && Protocols.HTTP_1_1.equals(exchange.getProtocol())
        // A body would be read as frames.
        && exchange.isRequestComplete()
        && listed(exchange, Headers.CONNECTION, Headers.UPGRADE_STRING)
        && listed(exchange, Headers.UPGRADE, "websocket")
        && listed(exchange, Headers.SEC_WEB_SOCKET_VERSION, VERSION)
        && key(exchange) != null;
  }

  /** The subprotocols the client offers, in its order of preference. */
  static List<String> subprotocols(HttpServerExchange exchange) {
    return elements(exchange, Headers.SEC_WEB_SOCKET_PROTOCOL);
  }

  /**
   * Sets status and headers of the answer that switches protocols; sending it is the caller's. No
   * extension is ever accepted.
   *
   * @param exchange one of which {@link #isUpgrade} is true
   * @param subprotocol one of {@link #subprotocols}, or null for none
   */
  static void writeResponse(HttpServerExchange exchange, @Nullable String subprotocol) {
    String key = key(exchange);
    if (key == null) {
      throw new IllegalArgumentException("exchange: not a WebSocket request");
    }
    if (subprotocol != null) {
      List<String> offered = subprotocols(exchange);
      if (!offered.contains(subprotocol)) {
        throw new IllegalArgumentException(
            "subprotocol: " + subprotocol + " (expected: one of " + offered + ")");
      }
      exchange.getResponseHeaders().put(Headers.SEC_WEB_SOCKET_PROTOCOL, subprotocol);
    }
    exchange.setStatusCode(StatusCodes.SWITCHING_PROTOCOLS);
    exchange
        .getResponseHeaders()
        .put(Headers.CONNECTION, Headers.UPGRADE_STRING)
        .put(Headers.UPGRADE, "websocket")
        .put(Headers.SEC_WEB_SOCKET_ACCEPT, accept(key));
  }

  /** What {@code Sec-WebSocket-Accept} says to a key. */
  static String accept(String key) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every Java platform", e);
    }
    byte[] digest = sha1.digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(digest);
  }

  /** The key, or null unless there is exactly one, of 16 bytes. */
  private static @Nullable String key(HttpServerExchange exchange) {
    List<String> keys = exchange.getRequestHeaders().get(Headers.SEC_WEB_SOCKET_KEY);
    if (keys == null || keys.size() != 1) {
      return null;
    }
    String key = keys.get(0).strip();
    return KEY.matcher(key).matches() ? key : null;
  }

  private static boolean listed(HttpServerExchange exchange, HttpString header, String element) {
    for (String candidate : elements(exchange, header)) {
      if (candidate.equalsIgnoreCase(element)) {
        return true;
      }
    }
    return false;
  }

  /** The elements of a comma-separated header, over all its lines; empty ones do not count. */
  private static List<String> elements(HttpServerExchange exchange, HttpString header) {
    List<String> lines = exchange.getRequestHeaders().get(header);
    if (lines == null) {
      return List.of();
    }
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        String stripped = element.strip();
        if (!stripped.isEmpty()) {
          elements.add(stripped);
        }
      }
    }
    return elements;
  }
}
