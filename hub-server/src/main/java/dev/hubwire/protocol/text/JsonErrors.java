package dev.hubwire.protocol.text;

import java.util.Locale;

/** The words in which the reference server says what is wrong with a text. */
final class JsonErrors {
  private JsonErrors() {}

  static JsonException syntax(String message, byte[] bytes, int start, int position) {
    int line = 0;
    int lineStart = start;
    for (int i = start; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return JsonException.syntax(
        message
            + " LineNumber: "
            + line
            + " | BytePositionInLine: "
            + (position - lineStart)
            + ".");
  }

  /** A byte in quotes: itself where it is visible, else in hexadecimal. */
  static String shown(byte value) {
    if (value >= ' ' && value < 0x7F) {
      return "'" + (char) value + "'";
    }
    String digits = Integer.toHexString(value & 0xFF).toUpperCase(Locale.ROOT);
    return "'0x" + (digits.length() < 2 ? "0" : "") + digits + "'";
  }
}
