package dev.hubwire.transport.websocket;

import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the WebSocket transport says. */
final class WebSocketLog {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

  private WebSocketLog() {}

  /** TR-120. A peer that vanishes is everyday life, so this is not a warning whatever the cause. */
  static void closed(ConnectionId id, CloseReason reason, @Nullable Throwable cause) {
    LOG.debug(
        "TR-120 {}: closed, {}{}", id, reason, cause == null ? "" : ": " + cause.getMessage());
  }

  /** TR-121. */
  static void clientBrokeRule(ConnectionId id, WebSocketException fault) {
    LOG.debug("TR-121 {}: {}, closing with {}", id, fault.getMessage(), fault.closeCode());
  }

  /** TR-122. */
  static void closeTimedOut(ConnectionId id) {
    LOG.debug("TR-122 {}: the client did not answer the Close frame in time, cutting it", id);
  }

  /** TR-123. */
  static void applicationFailed(ConnectionId id, Throwable failure) {
    LOG.error("TR-123 {}: what runs on the connection failed, closing it", id, failure);
  }
}
