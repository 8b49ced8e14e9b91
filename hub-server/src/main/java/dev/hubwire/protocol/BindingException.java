package dev.hubwire.protocol;

/**
 * A call or an item does not fit the method it is meant for. The call or stream fails, the
 * connection lives.
 */
public final class BindingException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final boolean alwaysShown;

  private BindingException(String wireName, String message, boolean alwaysShown) {
    super(wireName, message);
    this.alwaysShown = alwaysShown;
  }

  /** Told to the client only when detailed errors are on. */
  public static BindingException invalidData(String message) {
    return new BindingException("InvalidDataException", message, false);
  }

  /** The target names no method of the hub ({@code docs/protocol/hub-protocol.md} §6.2). */
  public static BindingException unknownMethod() {
    return new BindingException("HubException", "Method does not exist.", true);
  }

  /** Whether the client is told the cause even when detailed errors are off. */
  public boolean alwaysShown() {
    return alwaysShown;
  }
}
