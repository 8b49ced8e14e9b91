package dev.hubwire.dispatch;

import dev.hubwire.protocol.ProtocolException;

/** Nothing came from a client for the client time-out. */
final class ClientTimeoutException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  ClientTimeoutException() {
    super(
        "OperationCanceledException",
        "Client hasn't sent a message/ping within the configured ClientTimeoutInterval.");
  }
}
