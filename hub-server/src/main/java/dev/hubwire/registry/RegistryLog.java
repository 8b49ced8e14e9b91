package dev.hubwire.registry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this package logs. Ids are never reused. */
final class RegistryLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.hubwire.registry");

  private RegistryLog() {}

  static void deliveryFailed(String connectionId, RuntimeException cause) {
    LOG.error("RG-101 {}: a message could not be handed to the connection", connectionId, cause);
  }

  static void laneRefused(RuntimeException cause) {
    LOG.debug("RG-102 a lane takes no more work, its connections are gone: {}", cause.toString());
  }

  static void protocolMissing(String connectionId, String protocol) {
    LOG.error(
        "RG-103 {}: This message was received from another server that did not have the requested"
            + " protocol available. ({}: enable it on every server)",
        connectionId,
        protocol);
  }
}
