package dev.hubwire.protocol.text;

import dev.hubwire.transport.PayloadWriter;

/**
 * Writes the digits Java found for a number in the reference server's layout: {@code 2} for {@code
 * 2.0}, {@code 10000000} for {@code 1.0E7}, {@code 1E-05} for {@code 1.0E-5}.
 */
final class DecimalText {
  /** With more digits than these before the point, an exponent is written. */
  static final int DOUBLE_DIGITS = 17;

  static final int FLOAT_DIGITS = 9;

  /** With more zeros than these after the point, an exponent is written. */
  private static final int MOST_ZEROS = 3;

  private DecimalText() {}

  /**
   * @param text as {@link Double#toString(double)} writes a finite number
   * @param mostDigits how many digits may stand before the point
   */
  static void write(String text, int mostDigits, PayloadWriter target) {
    int point = text.indexOf('.');
    int exponentAt = text.indexOf('E');
    int end = exponentAt < 0 ? text.length() : exponentAt;
    int first = 0;
    if (text.charAt(0) == '-') {
      target.write('-');
      first = 1;
    }
    while (first < end && isIdle(text, first)) {
      first++;
    }
    if (first == end) {
      target.write('0');
      return;
    }
    while (isIdle(text, end - 1)) {
      end--;
    }
    int exponent = exponentAt < 0 ? 0 : Integer.parseInt(text, exponentAt + 1, text.length(), 10);
    // Where the point is, counted from the first digit.
    int before = point - first + (first < point ? 0 : 1) + exponent;
    if (before > mostDigits || before < -MOST_ZEROS) {
      writeDigits(text, first, end, 1, target);
      writeExponent(before - 1, target);
    } else {
      writeDigits(text, first, end, before, target);
    }
  }

  /** Whether this character says nothing at the start or the end of a number. */
  private static boolean isIdle(String text, int i) {
    return text.charAt(i) == '0' || text.charAt(i) == '.';
  }

  /**
   * Writes the digits between two places of a text, and zeros where there are none.
   *
   * @param before where the point is, counted from the first digit
   */
  private static void writeDigits(
      String text, int first, int end, int before, PayloadWriter target) {
    if (before <= 0) {
      target.write('0');
      target.write('.');
      writeZeros(-before, target);
    }
    int written = 0;
    for (int i = first; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        continue;
      }
      if (written == before && written > 0) {
        target.write('.');
      }
      target.write(c);
      written++;
    }
    writeZeros(before - written, target);
  }

  private static void writeZeros(int count, PayloadWriter target) {
    for (int i = 0; i < count; i++) {
      target.write('0');
    }
  }

  private static void writeExponent(int exponent, PayloadWriter target) {
    target.write('E');
    target.write(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    if (size < 10) {
      target.write('0');
    }
    JsonText.writeLong(size, target);
  }
}
