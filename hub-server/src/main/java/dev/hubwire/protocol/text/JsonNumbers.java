package dev.hubwire.protocol.text;

import java.nio.charset.StandardCharsets;

/** Turns the bytes of a JSON number, whose grammar was checked before, into its value. */
final class JsonNumbers {
  /** A long holds any number of so many digits, and a double any of so many exactly. */
  private static final int SAFE_DIGITS = 15;

  private JsonNumbers() {}

  /**
   * @throws JsonException naming {@code type} if it does not fit
   */
  static long longValue(byte[] bytes, int start, int end, String type) {
    if (end - start <= SAFE_DIGITS) {
      return smallLong(bytes, start, end);
    }
    try {
      return Long.parseLong(text(bytes, start, end));
    } catch (NumberFormatException e) {
      throw JsonException.badNumber(type);
    }
  }

  private static long smallLong(byte[] bytes, int start, int end) {
    boolean negative = bytes[start] == '-';
    long value = 0;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return negative ? -value : value;
  }

  /**
   * @param special whether it has a fraction or an exponent
   */
  static double doubleValue(byte[] bytes, int start, int end, boolean special) {
    if (!special && end - start <= SAFE_DIGITS && bytes[start] != '-') {
      return smallLong(bytes, start, end);
    }
    return Double.parseDouble(text(bytes, start, end));
  }

  static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
