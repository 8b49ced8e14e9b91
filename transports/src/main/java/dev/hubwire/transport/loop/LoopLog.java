package dev.hubwire.transport.loop;

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
}
