package dev.hubwire.dispatch;

import dev.hubwire.protocol.ProtocolException;

/** Senders waited for too long until a client acknowledged what it was sent. */
final class AcknowledgementTimeoutException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  AcknowledgementTimeoutException() {
    super("OperationCanceledException", "The operation was canceled.");
  }
}
