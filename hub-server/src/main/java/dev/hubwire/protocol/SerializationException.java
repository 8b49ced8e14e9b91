package dev.hubwire.protocol;

/**
 * A value of the application cannot be written in a hub protocol. Nothing of the message was sent.
 */
public final class SerializationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SerializationException(String message, Throwable cause) {
    super(message, cause);
  }
}
