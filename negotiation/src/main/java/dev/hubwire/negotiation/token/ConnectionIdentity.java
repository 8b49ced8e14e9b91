package dev.hubwire.negotiation.token;

/** The two names of one connection: the public one and the secret one. */
public record ConnectionIdentity(ConnectionId id, ConnectionToken token) {
  /**
   * Whether id and token are the same text, as for negotiate version 0 and for a WebSocket that
   * skipped negotiation ({@code docs/protocol/connections.md} §2.4).
   */
  public boolean isShared() {
    return id.value().equals(token.value());
  }
}
