package dev.hubwire.hub;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.User;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The connection that calls a hub. Safe for use by any thread, also after the call. */
public interface HubCallerContext {
  /** Its public id. */
  String connectionId();

  /**
   * The id by which its user is addressed, or null if it has none; the same for the life of the
   * connection.
   */
  @Nullable String userIdentifier();

  /**
   * Its authenticated user, or null. When the client shows newer credentials, later calls see them;
   * a call that runs keeps the user it began with.
   */
  @Nullable User user();

  Transport transport();

  /**
   * What the application keeps of this connection; the same map in every call, safe for concurrent
   * use.
   */
  Map<String, Object> items();

  /**
   * A parameter of the query that opened the transport, or null. Names are compared ignoring case.
   */
  @Nullable String queryParameter(String name);

  /**
   * A header of the request that opened the transport, or null. Names are compared ignoring case.
   */
  @Nullable String header(String name);

  /** A cookie of the request that opened the transport, or null. */
  @Nullable String cookie(String name);

  /**
   * The headers of the message that is being handled, names as they came; empty in callbacks, and
   * where the client sent none, as most do. Unmodifiable.
   */
  default Map<String, String> messageHeaders() {
    return Map.of();
  }

  /**
   * Where the call that is being handled belongs in a trace, or null: in callbacks, and where the
   * client does not say, or not in a form that can be read.
   */
  default @Nullable TraceContext traceContext() {
    return TraceContext.of(messageHeaders());
  }

  /** Ends the connection; the client does not reconnect by itself. Returns at once. */
  void abort();

  /**
   * Why the connection is over, or null while it is not: what {@link Hub#onDisconnected} can ask.
   */
  @Nullable CloseReason closeReason();

  /** Completes when the connection is over, before {@link Hub#onDisconnected}. */
  CompletionStage<Void> aborted();
}
