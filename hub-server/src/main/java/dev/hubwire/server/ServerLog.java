package dev.hubwire.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server says. */
final class ServerLog {
  private static final Logger LOG = LoggerFactory.getLogger(HubServer.class);

  private ServerLog() {}

  /** SV-302. */
  static void draining(int connections, DrainOptions options) {
    LOG.info(
        "SV-302 draining {} connections: {} s of notice, {} connections a second, {} s in all",
        connections,
        options.notice().toMillis() / 1e3,
        options.connectionsPerSecond(),
        options.timeout().toMillis() / 1e3);
  }

  /** SV-303. */
  static void closingTheRest(int connections) {
    LOG.warn("SV-303 closing {} connections that were not drained in time", connections);
  }

  /** SV-304. */
  static void drained() {
    LOG.info("SV-304 drained");
  }

  /** SV-301. */
  static void drainTimedOut(int connections) {
    LOG.warn("SV-301 stopping with {} connections that did not end in time", connections);
  }
}
