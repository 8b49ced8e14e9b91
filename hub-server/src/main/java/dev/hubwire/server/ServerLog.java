package dev.hubwire.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server says. */
final class ServerLog {
  private static final Logger LOG = LoggerFactory.getLogger(HubServer.class);

  private ServerLog() {}

  /** SV-301. */
  static void drainTimedOut(int connections) {
    LOG.warn("SV-301 stopping with {} connections that did not end in time", connections);
  }
}
