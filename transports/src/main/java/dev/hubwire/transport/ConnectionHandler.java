package dev.hubwire.transport;

/**
 * What runs on a connection: a hub, or any code that speaks bytes. One handler serves many
 * connections.
 */
@FunctionalInterface
public interface ConnectionHandler {
  /**
   * Called once per connection, on its lane, before any byte is delivered. Must not block.
   *
   * @return the listener of this connection; an exception thrown here ends the connection with
   *     {@link CloseReason#APPLICATION_ERROR}
   */
  TransportListener onConnected(TransportConnection connection);
}
