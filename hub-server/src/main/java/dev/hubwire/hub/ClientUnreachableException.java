package dev.hubwire.hub;

/**
 * A client cannot answer: its connection does not exist, or ended before the answer came. A client
 * that is connected to another server and leaves is a {@link HubException}, as in the reference
 * ({@code docs/protocol/backplane.md} §7).
 */
public final class ClientUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClientUnreachableException(String message) {
    super(message);
  }

  /** There is no such connection, on any server. */
  public static ClientUnreachableException unknown(String connectionId) {
    return new ClientUnreachableException("Connection '" + connectionId + "' does not exist.");
  }

  /** The connection is over. */
  public static ClientUnreachableException disconnected(String connectionId) {
    return new ClientUnreachableException("Connection '" + connectionId + "' disconnected.");
  }
}
