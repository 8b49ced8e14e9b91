package dev.hubwire.transport.loop;

import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the loops say. */
final class LoopLog {
  private static final Logger LOG = LoggerFactory.getLogger(IoLoop.class);

  private LoopLog() {}

  /** TR-101. */
  static void taskFailed(Throwable failure) {
    LOG.error("TR-101 a task posted to a loop failed; the loop goes on", failure);
  }

  /** TR-102. A peer that vanishes is everyday life, so this is not a warning whatever the cause. */
  static void closed(ConnectionId id, CloseReason reason, @Nullable Throwable cause) {
    LOG.debug(
        "TR-102 {}: closed, {}{}", id, reason, cause == null ? "" : ": " + cause.getMessage());
  }

  /** TR-103. */
  static void applicationFailed(ConnectionId id, Throwable failure) {
    LOG.error("TR-103 {}: what runs on the connection failed, closing it", id, failure);
  }
}
