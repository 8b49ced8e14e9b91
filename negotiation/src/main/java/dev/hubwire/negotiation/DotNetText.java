package dev.hubwire.negotiation;

import java.util.OptionalInt;

/**
 * Reads numbers and booleans the way .NET reads them in its invariant culture, because clients may
 * send whatever .NET accepts ({@code docs/protocol/connections.md} §2.1, §2.2).
 */
final class DotNetText {
  /** Past the range of an int in either sign; digits beyond it change nothing. */
  private static final long SATURATED = 1L << 32;

  private DotNetText() {}

  /**
   * A 32-bit integer: white space, one sign, digits, white space, NUL characters, all but the
   * digits optional. Only ASCII counts.
   */
  static OptionalInt int32(String text) {
    int at = skipWhite(text, 0);
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    int firstDigit = at;
    long value = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      value = Math.min(value * 10 + text.charAt(at) - '0', SATURATED);
      at++;
    }
    boolean hasDigits = at > firstDigit;
    at = skipWhite(text, at);
    while (at < text.length() && text.charAt(at) == '\0') {
      at++;
    }
    long signed = negative ? -value : value;
    boolean valid = hasDigits && at == text.length() && signed == (int) signed;
    return valid ? OptionalInt.of((int) signed) : OptionalInt.empty();
  }

  /**
   * Whether a text reads as true: {@code true} in any letter case, inside any Unicode white space
   * and NUL characters. Everything else, also what .NET could not read at all, is false.
   */
  static boolean isTrue(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isTrimmed(text.charAt(start))) {
      start++;
    }
    while (end > start && isTrimmed(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end).equalsIgnoreCase("true");
  }

  private static int skipWhite(String text, int from) {
    int at = from;
    while (at < text.length() && isAsciiWhite(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAsciiWhite(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isTrimmed(char c) {
    return c == '\0' || isAsciiWhite(c) || c == '\u0085' || Character.isSpaceChar(c);
  }
}
