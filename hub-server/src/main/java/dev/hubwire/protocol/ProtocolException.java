package dev.hubwire.protocol;

/**
 * The peer broke a rule of the protocol, and the connection ends for it. The wire name is the name
 * that the reference server gives this kind of failure; it is part of the error text when detailed
 * errors are on.
 */
public class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String wireName;

  public ProtocolException(String wireName, String message) {
    // The stack of a peer's fault says nothing, and a hostile peer could make us fill many.
    super(message, null, false, false);
    this.wireName = wireName;
  }

  /** The usual kind: data that is not what the protocol asks for. */
  public static ProtocolException invalidData(String message) {
    return new ProtocolException("InvalidDataException", message);
  }

  /** The name in front of the message in detailed errors, such as {@code InvalidDataException}. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
