package dev.hubwire.transport.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 that arrives in pieces (RFC 3629 §4: no overlong forms, no surrogates, nothing past
 * U+10FFFF) and finds a fault at the first byte that no character can have in that place.
 *
 * <p>It is a finite automaton. The state after a piece is an int that the caller keeps, so that a
 * connection pays four bytes for it. A state is the place of a six-bit field in a long; the table
 * holds one long for each value of a byte, and in it, at each state's place, the state that follows
 * there. One step is then one load and one shift. {@link #REJECT} is where a long has its lowest
 * field, zero unless set, and so leads to nothing but itself.
 */
final class Utf8Validator {
  /** No character can have the byte that led here. */
  static final int REJECT = 0;

  /** Between two characters: where a text starts and must end. */
  static final int ACCEPT = 6;

  // Within a character: how many bytes are left, or after which first byte whose second is limited.
  private static final int LAST = 12;
  private static final int LAST_TWO = 18;
  private static final int LAST_THREE = 24;
  private static final int AFTER_E0 = 30;
  private static final int AFTER_ED = 36;
  private static final int AFTER_F0 = 42;
  private static final int AFTER_F4 = 48;

  private static final int STATE = 0x3f;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long[] NEXT = table();
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Utf8Validator() {}

  /** Whether none of eight bytes, or of those combined in them by {@code |}, is above 0x7f. */
  static boolean isAscii(long bytes) {
    return (bytes & HIGH_BITS) == 0;
  }

  /**
   * Goes on from a state through {@code bytes[from]} to {@code bytes[to - 1]}.
   *
   * @return the state after them, {@link #REJECT} if one of them is at fault
   */
  static int advance(int state, byte[] bytes, int from, int to) {
    long next = state;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      if ((next & STATE) == ACCEPT && isAscii((long) LONGS.get(bytes, i))) {
        continue;
      }
      for (int j = i; j < i + Long.BYTES; j++) {
        next = step(next, bytes[j]);
      }
      if ((next & STATE) == REJECT) {
        return REJECT;
      }
    }
    for (; i < to; i++) {
      next = step(next, bytes[i]);
    }
    return (int) next & STATE;
  }

  /**
   * How many bytes there are before the one at fault, from the state in which {@link #advance}
   * began; the number of all if none is.
   */
  static int validPrefix(int state, byte[] bytes, int from, int to) {
    long next = state;
    for (int i = from; i < to; i++) {
      next = step(next, bytes[i]);
      if ((next & STATE) == REJECT) {
        return i - from;
      }
    }
    return to - from;
  }

  /** Only the low six bits of the result are the state; a shift looks at no others. */
  private static long step(long state, byte value) {
    return NEXT[value & 0xff] >>> state;
  }

  private static long[] table() {
    long[] table = new long[256];
    allow(table, ACCEPT, 0x00, 0x7f, ACCEPT);
    allow(table, ACCEPT, 0xc2, 0xdf, LAST);
    allow(table, ACCEPT, 0xe0, 0xe0, AFTER_E0);
    allow(table, ACCEPT, 0xe1, 0xec, LAST_TWO);
    allow(table, ACCEPT, 0xed, 0xed, AFTER_ED);
    allow(table, ACCEPT, 0xee, 0xef, LAST_TWO);
    allow(table, ACCEPT, 0xf0, 0xf0, AFTER_F0);
    allow(table, ACCEPT, 0xf1, 0xf3, LAST_THREE);
    allow(table, ACCEPT, 0xf4, 0xf4, AFTER_F4);
    allow(table, AFTER_E0, 0xa0, 0xbf, LAST);
    allow(table, AFTER_ED, 0x80, 0x9f, LAST);
    allow(table, AFTER_F0, 0x90, 0xbf, LAST_TWO);
    allow(table, AFTER_F4, 0x80, 0x8f, LAST_TWO);
    allow(table, LAST_THREE, 0x80, 0xbf, LAST_TWO);
    allow(table, LAST_TWO, 0x80, 0xbf, LAST);
    allow(table, LAST, 0x80, 0xbf, ACCEPT);
    return table;
  }

  private static void allow(long[] table, int state, int first, int last, int next) {
    for (int value = first; value <= last; value++) {
      table[value] |= (long) next << state;
    }
  }
}
