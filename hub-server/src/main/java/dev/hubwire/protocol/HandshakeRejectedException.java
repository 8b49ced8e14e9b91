package dev.hubwire.protocol;

/** The client asks for what this server or this transport does not offer. */
public final class HandshakeRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  HandshakeRejectedException(String message) {
    super(message, null, false, false);
  }

  /** What the client is told. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
