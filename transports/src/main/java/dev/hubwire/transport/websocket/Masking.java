package dev.hubwire.transport.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes the client's mask off (RFC 6455 §5.3). A mask is kept as an int whose highest byte is due
 * next.
 */
final class Masking {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Masking() {}

  /**
   * Moves bytes from the source, which must be big-endian, to an array and unmasks them on the way,
   * eight at a time.
   *
   * @return some bits of what was copied: all bytes are ASCII exactly if {@link
   *     Utf8Validator#isAscii} says so of it
   */
  static long unmask(ByteBuffer source, int mask, byte[] target, int offset, int length) {
    int from = source.position();
    long wide = (long) mask << 32 | Integer.toUnsignedLong(mask);
    long seen = 0;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      long word = source.getLong(from + i) ^ wide;
      LONGS.set(target, offset + i, word);
      seen |= word;
    }
    for (; i < length; i++) {
      byte value = (byte) (source.get(from + i) ^ mask >>> (24 - 8 * (i & 3)));
      target[offset + i] = value;
      seen |= value;
    }
    source.position(from + length);
    return seen;
  }

  /** The mask as it goes on after some bytes. */
  static int advance(int mask, int bytes) {
    return Integer.rotateLeft(mask, 8 * (bytes & 3));
  }
}
