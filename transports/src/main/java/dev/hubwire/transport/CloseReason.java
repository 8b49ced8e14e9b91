package dev.hubwire.transport;

/** Why a connection ended. The same words in callbacks, logs and metrics. */
public enum CloseReason {
  /** The code on this server ended it. */
  SERVER_CLOSED,
  /** The client said goodbye in the transport's own way. */
  CLIENT_CLOSED,
  /** The client vanished: end of stream or reset, without a goodbye. */
  CLIENT_GONE,
  /** The client broke a rule of the transport, such as a malformed WebSocket frame. */
  TRANSPORT_ERROR,
  /** The client broke a rule of the protocol on top, or sent too much. */
  PROTOCOL_ERROR,
  /** The hub handshake did not come in time or was refused. */
  HANDSHAKE_FAILED,
  /** Nothing came from the client for the client time-out. */
  CLIENT_TIMEOUT,
  /** One write to the client made no progress for the send time-out. */
  SEND_TIMEOUT,
  /** Too many bytes waited for the client, and the policy was to close. */
  SLOW_CONSUMER,
  /** Negotiated, or lost its transport, and nobody came (back) in time. */
  DISCONNECT_TIMEOUT,
  /** The client's authentication expired. */
  AUTHENTICATION_EXPIRED,
  /** The code on this server cut it without a goodbye. */
  ABORTED,
  /** The code that runs on the connection failed. */
  APPLICATION_ERROR,
  /** The server is going away. */
  SERVER_SHUTDOWN
}
