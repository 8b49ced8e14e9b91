package dev.hubwire.protocol.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at once, as one number. A byte's highest bit is the place where a
 * subtraction from that byte shows that it was too small.
 */
public final class EightBytes {
  private static final VarHandle NUMBER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * EACH;
  private static final long BACKSLASHES = '\\' * EACH;
  private static final long BLANKS = ' ' * EACH;

  private EightBytes() {}

  /**
   * Skips bytes that are ASCII, and stand for themselves in a JSON string.
   *
   * @return the index of a byte with less than eight such bytes from there on
   */
  static int skipPlain(byte[] bytes, int start, int end) {
    int i = start;
    while (end - i >= Long.BYTES) {
      long word = (long) NUMBER.get(bytes, i);
      long quote = (word ^ QUOTES) - EACH;
      long backslash = (word ^ BACKSLASHES) - EACH;
      if (((word | (word - BLANKS) | quote | backslash) & HIGHEST_BITS) != 0) {
        return i;
      }
      i += Long.BYTES;
    }
    return i;
  }

  /**
   * Finds a byte.
   *
   * @return its index, or -1 if it is not there
   */
  public static int indexOf(byte[] bytes, byte wanted, int start, int end) {
    int i = start;
    long all = (wanted & 0xFF) * EACH;
    while (end - i >= Long.BYTES) {
      long difference = (long) NUMBER.get(bytes, i) ^ all;
      if (((difference - EACH) & ~difference & HIGHEST_BITS) != 0) {
        break;
      }
      i += Long.BYTES;
    }
    for (; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
