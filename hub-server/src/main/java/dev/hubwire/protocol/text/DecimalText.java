package dev.hubwire.protocol.text;

import dev.hubwire.transport.PayloadWriter;

/**
 * Writes the digits Java found for a number in the reference server's layout: {@code 2} for {@code
 * 2.0}, {@code 10000000} for {@code 1.0E7}, {@code 1E-05} for {@code 1.0E-5}.
 */
final class DecimalText {
  /** From so many digits before the point on, an exponent is written. */
  static final int DOUBLE_DIGITS = 17;

  static final int FLOAT_DIGITS = 9;

  private static final int MOST_ZEROS_AFTER_POINT = 3;

  private DecimalText() {}

  /**
   * @param text as {@link Double#toString(double)} writes a finite number
   * @param mostDigits how many digits may stand before the point
   */
  static void write(String text, int mostDigits, PayloadWriter target) {
    int from = text.charAt(0) == '-' ? 1 : 0;
    if (from == 1) {
      target.write('-');
    }
    int exponentAt = text.indexOf('E');
    int to = exponentAt < 0 ? text.length() : exponentAt;
    int exponent = exponentAt < 0 ? 0 : Integer.parseInt(text.substring(exponentAt + 1));
    int point = text.indexOf('.');
    String digits = text.substring(from, point) + text.substring(point + 1, to);
    int leading = 0;
    while (leading < digits.length() - 1 && digits.charAt(leading) == '0') {
      leading++;
    }
    int last = digits.length();
    while (last > leading + 1 && digits.charAt(last - 1) == '0') {
      last--;
    }
    int before = point - from + exponent - leading;
    write(digits.substring(leading, last), before, mostDigits, target);
  }

  /**
   * @param before where the point is, counted from the first digit
   */
  private static void write(String digits, int before, int mostDigits, PayloadWriter target) {
    if (digits.equals("0")) {
      target.write('0');
    } else if (before > mostDigits || before < -MOST_ZEROS_AFTER_POINT) {
      writeScientific(digits, before - 1, target);
    } else if (before <= 0) {
      JsonText.writeAscii("0.", target);
      JsonText.writeAscii("0".repeat(-before), target);
      JsonText.writeAscii(digits, target);
    } else if (digits.length() <= before) {
      JsonText.writeAscii(digits, target);
      JsonText.writeAscii("0".repeat(before - digits.length()), target);
    } else {
      JsonText.writeAscii(digits.substring(0, before), target);
      target.write('.');
      JsonText.writeAscii(digits.substring(before), target);
    }
  }

  private static void writeScientific(String digits, int exponent, PayloadWriter target) {
    target.write(digits.charAt(0));
    if (digits.length() > 1) {
      target.write('.');
      JsonText.writeAscii(digits.substring(1), target);
    }
    JsonText.writeAscii(exponent < 0 ? "E-" : "E+", target);
    int size = Math.abs(exponent);
    JsonText.writeAscii((size < 10 ? "0" : "") + size, target);
  }
}
