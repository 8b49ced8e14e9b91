package dev.hubwire.protocol.messagepack;

import java.util.Locale;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack.Code;

/**
 * Bytes are not the value that was asked for. Whoever asked decides whether a call fails for it or
 * the connection.
 */
final class MessagePackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String wireName;

  private MessagePackException(String wireName, String message) {
    // As with every fault of a peer, the stack says nothing.
    super(message, null, false, false);
    this.wireName = wireName;
  }

  /** The record ends in the middle of a value, or a header announces more than is left. */
  static MessagePackException endOfStream() {
    return new MessagePackException(
        "EndOfStreamException", "Attempted to read past the end of the stream.");
  }

  /** A value of another kind; in the reference's words. */
  static MessagePackException unexpected(byte code) {
    return new MessagePackException(
        "MessagePackSerializationException",
        "Unexpected msgpack code "
            + Byte.toUnsignedInt(code)
            + " ("
            + name(code)
            + ") encountered.");
  }

  /** A value of the right kind that no value of the Java type is written as. */
  static MessagePackException invalid(String message) {
    return new MessagePackException("MessagePackSerializationException", message);
  }

  private static String name(byte code) {
    MessageFormat format = MessageFormat.valueOf(code);
    return switch (format) {
      case POSFIXINT -> "positive fixint";
      case NEGFIXINT -> "negative fixint";
      case NEVER_USED -> "(never used)";
      case BOOLEAN -> code == Code.TRUE ? "true" : "false";
      case FIXMAP, FIXARRAY, FIXSTR, NIL -> lowerCase(format);
      // The others are named by their size, as in "uint 8".
      default -> lowerCase(format).replaceFirst("(?=[0-9])", " ");
    };
  }

  private static String lowerCase(MessageFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  /** The reference's name for this kind of failure. */
  String wireName() {
    return wireName;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
