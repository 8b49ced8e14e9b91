package dev.hubwire.transport.websocket;

import dev.hubwire.negotiation.token.ConnectionId;
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
}
