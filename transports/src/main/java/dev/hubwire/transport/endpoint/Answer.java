package dev.hubwire.transport.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.negotiation.NegotiateCodec;
import dev.hubwire.negotiation.NegotiateResponse;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.Limit;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Every complete answer of an endpoint: status, content type and body, to the letter ({@code
 * docs/protocol/connections.md} §1.2, §6.3, §6.4). Clients show the bodies to their users.
 * Immutable.
 */
public final class Answer {
  private static final String JSON = "application/json";

  /** A request that must name its connection does not. */
  static final Answer CONNECTION_ID_REQUIRED =
      text(StatusCodes.BAD_REQUEST, "Connection ID required");

  /** The token opens nothing here. */
  static final Answer NO_CONNECTION = text(StatusCodes.NOT_FOUND, "No Connection with that ID");

  /** The connection is bound to another transport. */
  static final Answer CANNOT_CHANGE_TRANSPORTS =
      text(StatusCodes.BAD_REQUEST, "Cannot change transports mid-connection");

  /** The connection is carried by another request, and stays with it. */
  public static final Answer OCCUPIED = text(StatusCodes.CONFLICT, "");

  /** The connection is over, though its entry may still be there. */
  public static final Answer GONE = text(StatusCodes.NOT_FOUND, "");

  /** Neither a transport request nor negotiation has this verb. */
  static final Answer METHOD_NOT_ALLOWED = text(StatusCodes.METHOD_NOT_ALLOWED, "");

  public static final Answer POST_NOT_ALLOWED =
      text(
          StatusCodes.METHOD_NOT_ALLOWED,
          "POST requests are not allowed for WebSocket connections.");

  /** A POST was handed over. */
  public static final Answer UPLOAD_TAKEN = text(StatusCodes.OK, "");

  /** A POST's body broke off; the connection lives. */
  public static final Answer UPLOAD_FAILED = text(StatusCodes.BAD_REQUEST, "");

  public static final Answer TOO_MANY_UPLOADS =
      text(
          StatusCodes.SERVICE_UNAVAILABLE,
          "Too many POSTs of this connection wait. Send the next when one is answered.");

  /** Nothing came for the poll in time; the client polls again. */
  public static final Answer POLL_TIMED_OUT = text(StatusCodes.OK, "");

  /** A newer poll took over, or the connection is over and everything was fetched. */
  public static final Answer POLL_ENDED = text(StatusCodes.NO_CONTENT, "");

  /** What runs on the connection failed. */
  public static final Answer APPLICATION_FAILED = text(StatusCodes.INTERNAL_SERVER_ERROR, "");

  static final Answer CANNOT_TERMINATE =
      text(StatusCodes.BAD_REQUEST, "Cannot terminate this connection using the DELETE endpoint.");

  /** The end of the connection was begun. */
  static final Answer TERMINATING = text(StatusCodes.ACCEPTED, "");

  /** Credentials are missing or not good. Sent with a challenge (RFC 6750 §3). */
  static final Answer UNAUTHORIZED = new Answer(StatusCodes.UNAUTHORIZED, null, "");

  /** A request that takes over a connection is another user's. */
  public static final Answer USER_CHANGED =
      text(StatusCodes.FORBIDDEN, "The user associated with this connection changed.");

  static final Answer REFRESH_WITHOUT_TOKEN =
      error(StatusCodes.BAD_REQUEST, "missing_connection_token");

  static final Answer REFRESH_OF_NO_CONNECTION =
      error(StatusCodes.NOT_FOUND, "connection_not_found");

  /** The connection's token is its public id, which is no secret. */
  static final Answer REFRESH_OF_OLD_VERSION =
      error(StatusCodes.BAD_REQUEST, "unsupported_negotiate_version");

  static final Answer REFRESH_BY_ANOTHER_USER = error(StatusCodes.FORBIDDEN, "user_changed");

  /** The application's policy said no. */
  static final Answer REFRESH_REJECTED = error(StatusCodes.FORBIDDEN, "permission_change_rejected");

  /** The user may not use this endpoint. */
  static final Answer FORBIDDEN = new Answer(StatusCodes.FORBIDDEN, null, "");

  /** A browser may go on with its request. */
  static final Answer PREFLIGHT = new Answer(StatusCodes.NO_CONTENT, null, "");

  /**
   * The reference leaves this body empty; a developer who meets it wants to know which screw to
   * turn.
   */
  static final Answer ORIGIN_REFUSED =
      text(
          StatusCodes.FORBIDDEN,
          "The origin of this page may not use this endpoint. Add it to the endpoint's"
              + " allowedOrigins.");

  private static final Answer TOO_MANY_NEGOTIATIONS =
      text(
          StatusCodes.SERVICE_UNAVAILABLE,
          "Too many negotiated connections wait for a transport. Try again in a few seconds.");

  /** Another server may take the client at once, so it need not wait. */
  static final Answer SHUTTING_DOWN =
      text(StatusCodes.SERVICE_UNAVAILABLE, "The server is shutting down.").retryAfter(1);

  /** The status is the reference's; the text is ours. */
  private static final Answer UPLOAD_TOO_LONG =
      text(StatusCodes.BAD_REQUEST, "The body is longer than this server takes.");

  private static final Answer UPLOAD_TOO_SLOW =
      text(StatusCodes.REQUEST_TIME_OUT, "The body came too slowly.");

  private static final Answer TOO_MANY_CONNECTIONS =
      text(
          StatusCodes.SERVICE_UNAVAILABLE,
          "This server has as many connections as it may have. Try again later.");

  private static final Answer TOO_MANY_OF_USER =
      text(
          StatusCodes.TOO_MANY_REQUESTS,
          "This user has as many connections as one user may have. Close another first.");

  private static final Answer TOO_MANY_FROM_ADDRESS =
      text(
          StatusCodes.TOO_MANY_REQUESTS,
          "This address has as many connections as one address may have. Close another first.");

  private static final Answer URL_TOO_LONG =
      text(StatusCodes.REQUEST_URI_TOO_LARGE, "The URL is longer than this server reads.");

  private static final Answer HEADERS_TOO_LONG =
      text(
          StatusCodes.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "The headers are longer than this server reads.");

  private static final String EPOCH = "Thu, 01 Jan 1970 00:00:00 GMT";

  private final int status;
  private final @Nullable String contentType;
  private final byte[] body;

  /** In seconds; 0 for nothing said of it. */
  private final int retryAfter;

  private Answer(int status, @Nullable String contentType, String body) {
    this(status, contentType, body.getBytes(UTF_8));
  }

  private Answer(int status, @Nullable String contentType, byte[] body) {
    this(status, contentType, body, 0);
  }

  private Answer(int status, @Nullable String contentType, byte[] body, int retryAfter) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** An answer in words. */
  public static Answer text(int status, String body) {
    return new Answer(status, "text/plain", body);
  }

  private static Answer error(int status, String code) {
    return new Answer(status, JSON, "{\"error\":\"" + code + "\"}");
  }

  /**
   * A refresh that was taken ({@code docs/protocol/net11-additions.md} §1.3).
   *
   * @param lifetimeSeconds of the new credentials, if they end
   */
  static Answer refreshed(OptionalInt lifetimeSeconds) {
    return new Answer(
        StatusCodes.OK,
        JSON,
        lifetimeSeconds.isPresent()
            ? "{\"tokenLifetimeSeconds\":" + lifetimeSeconds.getAsInt() + "}"
            : "{}");
  }

  /** A negotiate response: 200 also where it refuses. */
  static Answer negotiated(NegotiateResponse response) {
    return new Answer(StatusCodes.OK, JSON, NegotiateCodec.write(response));
  }

  /** What a limit was met with. */
  public static Answer refusedFor(Limit reached) {
    return switch (reached) {
      case CONNECTIONS -> TOO_MANY_CONNECTIONS;
      case CONNECTIONS_PER_USER -> TOO_MANY_OF_USER;
      case CONNECTIONS_PER_ADDRESS -> TOO_MANY_FROM_ADDRESS;
      case PENDING_NEGOTIATIONS -> TOO_MANY_NEGOTIATIONS;
      case URL_BYTES -> URL_TOO_LONG;
      case HEADER_BYTES -> HEADERS_TOO_LONG;
      case BODY_BYTES -> UPLOAD_TOO_LONG;
      case BODY_PACE -> UPLOAD_TOO_SLOW;
      case TLS_HANDSHAKE_TIME ->
          throw new IllegalArgumentException(reached + " is met where nothing can be answered");
    };
  }

  static Answer transportNotSupported(Transport transport) {
    return text(
        StatusCodes.NOT_FOUND,
        transport.wireName() + " transport not supported by this end point type");
  }

  /** {@link #NO_CONNECTION}, with the reason why: the token was issued by another process. */
  static Answer issuedElsewhere(NodeName issuer, @Nullable NodeName here) {
    return text(
        StatusCodes.NOT_FOUND,
        "No Connection with that ID. It was issued by node '"
            + issuer
            + "', and this is "
            + (here == null ? "another one" : "node '" + here + "'")
            + ". All requests of a connection must reach the node that issued its ID: enable"
            + " sticky sessions in the load balancer, or let clients use WebSockets only and skip"
            + " negotiation.");
  }

  private Answer retryAfter(int seconds) {
    return new Answer(status, contentType, body, seconds);
  }

  /** For a WebSocket request the reference sets no content type with {@link #NO_CONNECTION}. */
  Answer withoutContentType() {
    return new Answer(status, null, body, retryAfter);
  }

  /**
   * Sets what every answer to a long-polling request carries, whatever it is ({@code
   * docs/protocol/connections.md} §6.1).
   */
  public static void forbidCaching(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CACHE_CONTROL, "no-cache, no-store");
    headers.put(Headers.PRAGMA, "no-cache");
    headers.put(Headers.EXPIRES, EPOCH);
  }

  /**
   * Sends this answer and ends the exchange; does nothing if the client has left meanwhile. IO
   * thread of the exchange, or a dispatched one.
   */
  public void send(HttpServerExchange exchange) {
    if (exchange.isComplete()) {
      return;
    }
    exchange.setStatusCode(status);
    HeaderMap headers = exchange.getResponseHeaders();
    if (contentType != null) {
      headers.put(Headers.CONTENT_TYPE, contentType);
    }
    if (retryAfter > 0) {
      headers.put(Headers.RETRY_AFTER, retryAfter);
    }
    if (status == StatusCodes.UNAUTHORIZED) {
      headers.put(Headers.WWW_AUTHENTICATE, "Bearer");
    }
    Leftovers.limit(exchange);
    if (body.length == 0) {
      exchange.endExchange();
    } else {
      exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
  }
}
