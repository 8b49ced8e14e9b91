package dev.hubwire.protocol.text;

import dev.hubwire.transport.PayloadWriter;
import java.util.BitSet;

/**
 * Writes JSON strings and numbers as the reference server does. Of the basic plane it escapes what
 * cannot be seen, and each half of what lies beyond it ({@code docs/protocol/hub-protocol.md}
 * §4.7); a half without the other becomes U+FFFD.
 */
public final class JsonText {
  private static final byte[] HEX =
      "0123456789ABCDEF".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final byte[] REPLACEMENT = {'\\', 'u', 'F', 'F', 'F', 'D'};

  /** The ASCII characters that stand for themselves. */
  private static final boolean[] PLAIN_ASCII = new boolean[0x80];

  /** The other characters of the basic plane that stand for themselves. */
  private static final BitSet PLAIN = new BitSet(0x10000);

  static {
    for (int c = 0; c < 0x10000; c++) {
      boolean plain = standsForItself(c);
      if (c < PLAIN_ASCII.length) {
        PLAIN_ASCII[c] = plain;
      } else {
        PLAIN.set(c, plain);
      }
    }
  }

  private JsonText() {}

  private static boolean standsForItself(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> c != '"' && c != '\\' && c != 0xFEFF;
    };
  }

  /** Writes a text in quotes. */
  public static void writeString(String text, PayloadWriter target) {
    target.write('"');
    writeEscaped(text, target);
    target.write('"');
  }

  /** Writes a text without the quotes around it. */
  public static void writeEscaped(String text, PayloadWriter target) {
    int length = text.length();
    int i = 0;
    while (i < length) {
      int plain = endOfPlain(text, i);
      target.writeAscii(text, i, plain);
      if (plain < length) {
        i = writeSpecial(text, plain, target);
      } else {
        i = length;
      }
    }
  }

  private static int endOfPlain(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) < 0x80 && PLAIN_ASCII[text.charAt(i)]) {
      i++;
    }
    return i;
  }

  /** Writes one character that is not plain ASCII; returns the index after it. */
  private static int writeSpecial(String text, int i, PayloadWriter target) {
    char c = text.charAt(i);
    if (c < 0x80) {
      writeEscape(c, target);
    } else if (PLAIN.get(c)) {
      writeUtf8(c, target);
    } else if (!Character.isSurrogate(c)) {
      writeUnit(c, target);
    } else if (isPair(text, i)) {
      writeUnit(c, target);
      writeUnit(text.charAt(i + 1), target);
      return i + 2;
    } else {
      target.write(REPLACEMENT);
    }
    return i + 1;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static void writeUtf8(char c, PayloadWriter target) {
    if (c < 0x800) {
      target.write(0xC0 | c >> 6);
    } else {
      target.write(0xE0 | c >> 12);
      target.write(0x80 | (c >> 6 & 0x3F));
    }
    target.write(0x80 | (c & 0x3F));
  }

  private static void writeEscape(char c, PayloadWriter target) {
    char letter =
        switch (c) {
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          case '"', '\\' -> c;
          default -> 0;
        };
    if (letter == 0) {
      writeUnit(c, target);
    } else {
      target.write('\\');
      target.write(letter);
    }
  }

  private static void writeUnit(char c, PayloadWriter target) {
    target.write('\\');
    target.write('u');
    target.write(HEX[c >> 12]);
    target.write(HEX[c >> 8 & 0xF]);
    target.write(HEX[c >> 4 & 0xF]);
    target.write(HEX[c & 0xF]);
  }

  /** Writes ASCII characters that need neither quotes nor escapes. */
  public static void writeAscii(String text, PayloadWriter target) {
    target.writeAscii(text, 0, text.length());
  }

  /** Writes an integer. */
  public static void writeLong(long value, PayloadWriter target) {
    if (value == Long.MIN_VALUE) {
      writeAscii(Long.toString(value), target);
      return;
    }
    long rest = value;
    if (rest < 0) {
      target.write('-');
      rest = -rest;
    }
    long unit = 1;
    while (rest / unit >= 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      target.write('0' + (int) (rest / unit % 10));
    }
  }

  /**
   * Writes a number with as few digits as tell it from its neighbours, and without a fraction where
   * it has none.
   *
   * @throws ArithmeticException if it is infinite or not a number, which JSON cannot say
   */
  public static void writeDouble(double value, PayloadWriter target) {
    if (value == (long) value && Math.abs(value) < 1e15 && !isNegativeZero(value)) {
      writeLong((long) value, target);
    } else {
      requireFinite(Double.isFinite(value), value);
      DecimalText.write(Double.toString(value), DecimalText.DOUBLE_DIGITS, target);
    }
  }

  /** As {@link #writeDouble}, with the digits that tell it from other floats. */
  public static void writeFloat(float value, PayloadWriter target) {
    requireFinite(Float.isFinite(value), value);
    DecimalText.write(Float.toString(value), DecimalText.FLOAT_DIGITS, target);
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && Double.doubleToRawLongBits(value) != 0;
  }

  private static void requireFinite(boolean finite, double value) {
    if (!finite) {
      throw new ArithmeticException("number: " + value + " (expected: finite)");
    }
  }
}
