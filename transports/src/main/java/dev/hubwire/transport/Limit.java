package dev.hubwire.transport;

/** What a server refuses to go beyond, so that no client can use up what all of them share. */
public enum Limit {
  /** Connections in all. */
  CONNECTIONS,
  /** Connections of one authenticated user. */
  CONNECTIONS_PER_USER,
  /** Connections from one address. */
  CONNECTIONS_PER_ADDRESS,
  /** Negotiated connections that wait for their first transport request. */
  PENDING_NEGOTIATIONS,
  /** The length of a request's target: path and query. */
  URL_BYTES,
  /** The length of a request's headers. */
  HEADER_BYTES,
  /** The length of a POST's body. */
  BODY_BYTES,
  /** How slowly a POST's body may come. */
  BODY_PACE,
  /** How long a TLS handshake may take. */
  TLS_HANDSHAKE_TIME
}
