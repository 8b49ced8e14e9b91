package dev.hubwire.transport;

/** What happens to a payload for a client that already has more than its limit waiting. */
public enum SlowConsumerPolicy {
  /**
   * Senders wait until the client has read half of what waits, at most for the send time-out, which
   * then closes the connection. Senders that may not block (on a lane) are let through up to
   * sixteen times the limit, then the connection is closed as slow.
   */
  WAIT,
  /** The payload is dropped for this client. */
  DROP,
  /** The connection is closed with {@link CloseReason#SLOW_CONSUMER}. */
  CLOSE
}
