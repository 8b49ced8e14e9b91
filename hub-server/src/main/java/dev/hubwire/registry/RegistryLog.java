package dev.hubwire.registry;

import org.slf4j.Logger;

/** Every line this package logs. An id is never used again for another meaning. */
final class RegistryLog {
  private RegistryLog() {}

  /** RG-101. */
  static void deliveryFailed(Logger log, String connectionId, RuntimeException cause) {
    log.error("RG-101 {}: a message could not be handed to the connection", connectionId, cause);
  }

  /** RG-102. */
  static void laneRefused(Logger log, RuntimeException cause) {
    log.debug("RG-102 a lane takes no more work; its connections are gone", cause);
  }
}
