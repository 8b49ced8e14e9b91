package dev.hubwire.protocol.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The part of a {@link JsonScanner} that knows how each single token is spelled. */
abstract class JsonLexer {
  final byte[] bytes;
  final int start;
  final int end;

  /** The next byte to look at. */
  int position;

  int tokenStart = -1;

  /** Negative before the first token. */
  int tokenEnd = -1;

  /** Of a string: whether it has escapes. Of a number: whether it has a fraction or an exponent. */
  boolean special;

  /** Of a string: whether all its bytes are ASCII. */
  boolean ascii;

  /** The syntax error, once there was one. */
  @Nullable JsonException failure;

  JsonLexer(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.position = start;
  }

  /** Reads one of the three words of JSON, of which only the first letter was looked at. */
  final void scanLiteral(String word) {
    for (int i = 1; i < word.length(); i++) {
      if (position + i >= end || bytes[position + i] != word.charAt(i)) {
        String found = JsonStrings.lenient(bytes, position, end);
        throw fail(
            position + i,
            "'" + found + "' is an invalid JSON literal. Expected the literal '" + word + "'.");
      }
    }
    tokenStart = position;
    position += word.length();
    tokenEnd = position;
  }

  /** Reads a string, of which the opening quote was looked at. */
  final void scanString() {
    tokenStart = position + 1;
    special = false;
    int seen = 0;
    for (int p = EightBytes.skipPlain(bytes, tokenStart, end); p < end; p++) {
      byte b = bytes[p];
      seen |= b;
      if (b == '"') {
        tokenEnd = p;
        position = p + 1;
        ascii = seen >= 0;
        return;
      }
      if (b == '\\') {
        special = true;
        p = scanEscape(p + 1);
      } else if (b >= 0 && b < ' ') {
        throw failAt(
            p, "%s is invalid within a JSON string. The string should be correctly escaped.");
      }
    }
    throw fail(end, "Expected end of string, but instead reached end of data.");
  }

  /** Returns the index of the last byte of an escape. */
  private int scanEscape(int p) {
    if (p >= end || "\"\\/bfnrt".indexOf(bytes[p]) >= 0) {
      return p;
    }
    if (bytes[p] != 'u') {
      throw failAt(
          p,
          "%s is an invalid escapable character within a JSON string."
              + " The string should be correctly escaped.");
    }
    int last = Math.min(p + 4, end - 1);
    for (int i = p + 1; i <= last; i++) {
      if (Character.digit((char) (bytes[i] & 0xFF), 16) < 0) {
        throw failAt(
            i,
            "%s is not a hex digit following '\\u' within a JSON string."
                + " The string should be correctly escaped.");
      }
    }
    return last;
  }

  /**
   * Reads a number, of which the sign or the first digit was looked at.
   *
   * @param isRoot whether nothing has to follow it
   */
  final void scanNumber(boolean isRoot) {
    int p = position;
    special = false;
    tokenStart = p;
    if (bytes[p] == '-') {
      p = digitAt(p + 1, "a sign character ('+' or '-')");
    }
    if (bytes[p] == '0') {
      p++;
      if (p < end && isDigit(bytes[p])) {
        throw fail(p, "Invalid leading zero before '" + (char) bytes[p] + "'.");
      }
    } else {
      p = skipDigits(p);
    }
    String expected = "a delimiter";
    if (p < end && bytes[p] == '.') {
      special = true;
      p = skipDigits(digitAt(p + 1, "a decimal point ('.')"));
      expected = "'E' or 'e'";
    }
    if (p < end && (bytes[p] | 0x20) == 'e') {
      special = true;
      p++;
      if (p < end && (bytes[p] == '+' || bytes[p] == '-')) {
        p++;
      }
      p = skipDigits(digitAt(p, "a sign character ('+' or '-')"));
      expected = "a delimiter";
    }
    checkNumberEnds(p, expected, isRoot);
    tokenEnd = p;
    position = p;
  }

  private void checkNumberEnds(int p, String expected, boolean isRoot) {
    if (p < end) {
      if (!endsNumber(bytes[p])) {
        throw failAt(p, "%s is an invalid end of a number. Expected " + expected + ".");
      }
    } else if (!isRoot) {
      throw fail(
          p,
          JsonErrors.shown(bytes[p - 1]) + " is an invalid end of a number. Expected a delimiter.");
    }
  }

  private static boolean endsNumber(byte b) {
    return switch (b) {
      case ',', '}', ']', ' ', '\n', '\r', '\t', '/' -> true;
      default -> false;
    };
  }

  private int digitAt(int p, String before) {
    if (p >= end) {
      throw fail(end, "Expected a digit ('0'-'9'), but instead reached end of data.");
    }
    if (!isDigit(bytes[p])) {
      throw failAt(
          p,
          "%s is invalid within a number, immediately after "
              + before
              + ". Expected a digit ('0'-'9').");
    }
    return p;
  }

  private int skipDigits(int p) {
    while (p < end && isDigit(bytes[p])) {
      p++;
    }
    return p;
  }

  /** A failure at a byte, which the message names, or at the end of the text. */
  final JsonException failAt(int p, String message) {
    if (p < end) {
      return fail(p, String.format(Locale.ROOT, message, JsonErrors.shown(bytes[p])));
    }
    return fail(
        end,
        tokenEnd < 0
            ? "The input does not contain any JSON tokens. Expected the input to start with a valid"
                + " JSON token, when isFinalBlock is true."
            : "Expected depth to be zero at the end of the JSON payload."
                + " There is an open JSON object or array that should be closed.");
  }

  final JsonException fail(int p, String message) {
    JsonException thrown = JsonErrors.syntax(message, bytes, start, p);
    failure = thrown;
    return thrown;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Returns the next byte that is no white space, without moving past it, or -1 at the end. */
  final int skipBlanks() {
    int p = position;
    while (p < end) {
      byte b = bytes[p];
      if (b > ' ' || b < 0 || !(b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
        position = p;
        return b & 0xFF;
      }
      p++;
    }
    position = p;
    return -1;
  }
}
