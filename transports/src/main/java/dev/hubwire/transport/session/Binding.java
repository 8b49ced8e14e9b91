package dev.hubwire.transport.session;

/**
 * What became of a transport request's wish to carry a session ({@code
 * docs/protocol/connections.md} §1.2, steps 8 to 11).
 */
public enum Binding {
  /** The session had no transport; now it has this one for life, and the request carries it. */
  FIRST,
  /**
   * The session already has this transport, and it is one that takes over from an earlier request:
   * long polling, or a WebSocket with stateful reconnect.
   */
  AGAIN,
  /** The session has another transport. */
  OTHER_TRANSPORT,
  /** The session has this transport, and one request carries it for good. */
  OCCUPIED,
  /** The session is over. */
  GONE
}
