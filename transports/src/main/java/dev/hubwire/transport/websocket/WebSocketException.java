package dev.hubwire.transport.websocket;

/**
 * The peer broke a rule of RFC 6455, and the connection ends for it. The code is what the Close
 * frame tells the peer; the message is for the log only.
 */
final class WebSocketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int closeCode;

  WebSocketException(int closeCode, String message) {
    // The stack of a peer's fault says nothing, and a hostile peer could make us fill many.
    super(message, null, false, false);
    this.closeCode = closeCode;
  }

  /** One of {@link CloseCodes}. */
  int closeCode() {
    return closeCode;
  }
}
