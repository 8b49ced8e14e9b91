package dev.hubwire.transport.endpoint;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.AllowedOrigins;
import dev.hubwire.transport.session.Renewal;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every log line of this package. Ids are stable and never used again. */
final class EndpointLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hubwire.transport.endpoint");

  private EndpointLog() {}

  static void refusedCredentials(String endpoint, String reason) {
    LOG.debug("TR-301 {}: credentials refused: {}", endpoint, reason);
  }

  static void unauthorized(String endpoint) {
    LOG.debug("TR-302 {}: no credentials, and the endpoint asks for a user", endpoint);
  }

  static void forbidden(String endpoint, String userId) {
    LOG.debug("TR-303 {}: user {} may not use this endpoint", endpoint, userId);
  }

  static void versionRefused(String endpoint, String error) {
    LOG.debug("TR-304 {}: negotiate refused: {}", endpoint, error);
  }

  static void redirected(String endpoint, String url) {
    LOG.debug("TR-305 {}: negotiate redirected to {}", endpoint, url);
  }

  static void issuedElsewhere(String endpoint, NodeName issuer, @Nullable NodeName here) {
    LOG.warn(
        "TR-306 {}: a request for a connection of node {} came to node {}; are sticky sessions on?",
        endpoint,
        issuer,
        here == null ? "(unnamed)" : here);
  }

  static void transportNotSupported(ConnectionId id, Transport transport) {
    LOG.debug("TR-307 {}: {} is not among the transports offered", id, transport);
  }

  static void cannotChangeTransport(ConnectionId id, Transport wanted) {
    LOG.debug("TR-308 {}: bound to another transport than {}", id, wanted);
  }

  static void occupied(ConnectionId id, Transport transport) {
    LOG.debug("TR-309 {}: a second {} request, the first one stays", id, transport);
  }

  static void terminating(ConnectionId id) {
    LOG.debug("TR-310 {}: the client ends the connection by DELETE", id);
  }

  static void startFailed(ConnectionId id, Transport transport, Exception cause) {
    LOG.error("TR-311 {}: {} could not be started", id, transport, cause);
  }

  static void refreshed(ConnectionId id, Renewal outcome) {
    LOG.debug("TR-313 {}: authentication refresh: {}", id, outcome);
  }

  static void refreshFailed(ConnectionId id, @Nullable Throwable cause) {
    LOG.error("TR-314 {}: authentication refresh failed, and changes nothing", id, cause);
  }

  static void userChanged(ConnectionId id) {
    LOG.debug("TR-315 {}: a request of another user than the connection's, refused", id);
  }

  static void originRefused(String endpoint, String origin, AllowedOrigins allowed) {
    LOG.warn(
        "TR-312 {}: a page of {} may not use this endpoint (allowedOrigins: {})",
        endpoint,
        origin,
        allowed);
  }

  static void eventsHeldBack(String endpoint, @Nullable InetSocketAddress client) {
    LOG.info(
        "TR-313 {}: event streams do not reach {} while they are open, so it is not offered them;"
            + " a proxy on the way should not buffer text/event-stream",
        endpoint,
        client);
  }
}
