package dev.hubwire.protocol.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Turns the bytes between the quotes of a JSON string, whose grammar was checked before, into text.
 */
final class JsonStrings {
  /** One byte of text takes at most so many bytes when it is escaped. */
  private static final int LONGEST_ESCAPE = 6;

  private JsonStrings() {}

  /**
   * @param ascii whether all bytes are known to be ASCII
   * @throws JsonException if the bytes are not UTF-8
   */
  static String decode(byte[] bytes, int start, int end, boolean ascii) {
    if (ascii) {
      return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
    String text = lenient(bytes, start, end);
    if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes, start, end)) {
      throw JsonException.badString("Cannot transcode invalid UTF-8 JSON text to UTF-16 string.");
    }
    return text;
  }

  /** The text, with U+FFFD for what is not UTF-8. */
  static String lenient(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static boolean isUtf8(byte[] bytes, int start, int end) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * @throws JsonException if an escape is one half of a surrogate pair, or the rest is not UTF-8
   */
  static String unescape(byte[] bytes, int start, int end) {
    byte[] text = unescapedBytes(bytes, start, end);
    return decode(text, 0, text.length, false);
  }

  /**
   * Whether a string with escapes is this text. As in the reference, it is unescaped only where it
   * starts like the text and is neither too long nor too short, so only then can it fail.
   */
  static boolean unescapedEquals(byte[] bytes, int start, int end, String text) {
    int length = end - start;
    if (length < text.length() || length / LONGEST_ESCAPE > text.length()) {
      return false;
    }
    for (int i = 0; bytes[start + i] != '\\'; i++) {
      if (i == text.length() || bytes[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return Arrays.equals(unescapedBytes(bytes, start, end), text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] unescapedBytes(byte[] bytes, int start, int end) {
    byte[] target = new byte[end - start];
    int size = 0;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b != '\\') {
        target[size++] = b;
        continue;
      }
      b = bytes[++i];
      if (b != 'u') {
        target[size++] = unescaped(b);
        continue;
      }
      int scalar = hex(bytes, i + 1);
      i += 4;
      if (scalar >= Character.MIN_SURROGATE && scalar <= Character.MAX_SURROGATE) {
        scalar = Character.toCodePoint((char) scalar, lowSurrogate(scalar, bytes, i + 1, end));
        i += LONGEST_ESCAPE;
      }
      size = encode(scalar, target, size);
    }
    return Arrays.copyOf(target, size);
  }

  private static char lowSurrogate(int high, byte[] bytes, int next, int end) {
    if (high > Character.MAX_HIGH_SURROGATE) {
      throw invalidSurrogate(high);
    }
    if (end - next < LONGEST_ESCAPE || bytes[next] != '\\' || bytes[next + 1] != 'u') {
      throw JsonException.badString(
          "Cannot read incomplete UTF-16 JSON text as string with missing low surrogate.");
    }
    int low = hex(bytes, next + 2);
    if (!Character.isLowSurrogate((char) low)) {
      throw invalidSurrogate(low);
    }
    return (char) low;
  }

  private static JsonException invalidSurrogate(int unit) {
    return JsonException.badString(
        "Cannot read invalid UTF-16 JSON text as string. Invalid surrogate value: '0x"
            + Integer.toHexString(unit).toUpperCase(Locale.ROOT)
            + "'.");
  }

  private static byte unescaped(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static int hex(byte[] bytes, int start) {
    int value = 0;
    for (int i = start; i < start + 4; i++) {
      value = value << 4 | Character.digit((char) bytes[i], 16);
    }
    return value;
  }

  /** Writes a character in UTF-8, which is never longer than its escape; returns the new size. */
  private static int encode(int scalar, byte[] target, int size) {
    if (scalar < 0x80) {
      target[size++] = (byte) scalar;
      return size;
    }
    int rest = scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
    int lead = (0xFF00 >> (rest + 1)) & 0xFF;
    target[size++] = (byte) (lead | (scalar >> (6 * rest)));
    for (int i = rest - 1; i >= 0; i--) {
      target[size++] = (byte) (0x80 | ((scalar >> (6 * i)) & 0x3F));
    }
    return size;
  }
}
