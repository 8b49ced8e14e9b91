package dev.hubwire.protocol.text;

/**
 * Text that is not JSON, or a JSON value that is not what was asked for. The wire name is the name
 * the reference server gives this kind of failure.
 */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What {@link JsonScanner} throws where the text breaks the grammar of JSON. */
  private static final String SYNTAX = "JsonReaderException";

  private final String wireName;

  private JsonException(String wireName, String message) {
    // The stack of a peer's fault says nothing, and a hostile peer could make us fill many.
    super(message, null, false, false);
    this.wireName = wireName;
  }

  static JsonException syntax(String message) {
    return new JsonException(SYNTAX, message);
  }

  /** A string that has no meaning as text, such as one half of a surrogate pair. */
  static JsonException badString(String message) {
    return new JsonException("InvalidOperationException", message);
  }

  /** A number outside of what its type holds. */
  static JsonException badNumber(String type) {
    return new JsonException(
        "FormatException",
        "Either the JSON value is not in a supported format, or is out of bounds for an "
            + type
            + ".");
  }

  /** Whether the text is not JSON at all, so that nothing after this place can be understood. */
  public boolean isSyntax() {
    return wireName.equals(SYNTAX);
  }

  /** The name in front of the message in detailed errors, such as {@code FormatException}. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
