package dev.hubwire.transport;

/** What became of a payload that was offered to a connection. */
public enum SendResult {
  /** It will be written. */
  ACCEPTED,
  /**
   * It will be written, and with it the connection holds more than its limit, and its policy is
   * {@link SlowConsumerPolicy#WAIT}: a sender that can wait should {@linkplain
   * TransportConnection#awaitWritable() wait} before the next one.
   */
  CONGESTED,
  /**
   * The connection holds more than its limit and its policy is to drop: this payload will not be
   * written.
   */
  DROPPED,
  /** The connection is over, or is being closed because its client reads too slowly. */
  CLOSED
}
