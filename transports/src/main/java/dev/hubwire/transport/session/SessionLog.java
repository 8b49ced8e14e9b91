package dev.hubwire.transport.session;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.TransportDowngrade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every log line of this package. Ids are stable and never used again. */
final class SessionLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hubwire.transport.session");

  private SessionLog() {}

  static void negotiated(ConnectionId id, String endpoint) {
    LOG.debug("TR-201 {}: negotiated at {}", id, endpoint);
  }

  static void expired(ConnectionId id, String endpoint) {
    LOG.debug("TR-202 {}: negotiated at {}, no transport came in time", id, endpoint);
  }

  static void attached(ConnectionId id, Transport transport) {
    LOG.debug("TR-204 {}: attached over {}", id, transport);
  }

  static void ended(ConnectionId id) {
    LOG.debug("TR-205 {}: left the table", id);
  }

  static void closing(int live, CloseReason reason) {
    LOG.info("TR-206: closing {} connections: {}", live, reason);
  }

  static void downgraded(ConnectionId id, ConnectionRequest request, TransportDowngrade downgrade) {
    LOG.info(
        "TR-208 {}: {} instead of {} at {} for {}, likely because {} ({})",
        id,
        downgrade.got(),
        downgrade.offered(),
        request.path(),
        request.remoteAddress(),
        downgrade.cause().explanation(),
        downgrade.cause());
  }

  static void refused(Limit limit, Object where, Object who, long ever) {
    LOG.warn("TR-207 {}: refused {} for the limit {} ({} times so far)", where, who, limit, ever);
  }
}
