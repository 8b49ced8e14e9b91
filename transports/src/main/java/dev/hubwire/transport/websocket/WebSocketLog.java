package dev.hubwire.transport.websocket;

import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the WebSocket transport says. */
final class WebSocketLog {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);

  private WebSocketLog() {}

  /** TR-121. */
  static void clientBrokeRule(ConnectionId id, WebSocketException fault) {
    LOG.debug("TR-121 {}: {}, closing with {}", id, fault.getMessage(), fault.closeCode());
  }

  /** TR-122. */
  static void closeTimedOut(ConnectionId id) {
    LOG.debug("TR-122 {}: the client did not answer the Close frame in time, cutting it", id);
  }

  /** TR-123. */
  static void detached(ConnectionId id, CloseReason reason) {
    LOG.debug("TR-123 {}: lost its socket ({}), waiting for another", id, reason);
  }

  /** TR-124. */
  static void reattached(ConnectionId id, boolean tookOver) {
    LOG.debug("TR-124 {}: goes on over a new socket{}", id, tookOver ? ", the old one ends" : "");
  }

  /** TR-125. */
  static void applicationFailed(ConnectionId id, Throwable failure) {
    LOG.error("TR-125 {}: what runs on the connection failed", id, failure);
  }

  /** TR-126. */
  static void reattachRefused(ConnectionId id, String why) {
    LOG.debug("TR-126 {}: a new socket was refused: {}", id, why);
  }
}
