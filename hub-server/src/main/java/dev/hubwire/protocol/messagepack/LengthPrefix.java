package dev.hubwire.protocol.messagepack;

import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.transport.PayloadWriter;

/**
 * The length in front of a record: seven bits in each byte, the lowest first, and the top bit set
 * in all but the last ({@code docs/protocol/hub-protocol.md} §1.2).
 */
final class LengthPrefix {
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;
  private static final int MAX_SIZE = 5;

  /** What the last of the most bytes may hold: the rest of 31 bits. */
  private static final int MAX_LAST = 7;

  private LengthPrefix() {}

  /** As {@link HubProtocol#recordEnd}. */
  static int recordEnd(byte[] bytes, int start, int end) {
    int length = 0;
    for (int i = 0; i < MAX_SIZE; i++) {
      int position = start + i;
      if (position == end) {
        return -1;
      }
      int value = Byte.toUnsignedInt(bytes[position]);
      if (i == MAX_SIZE - 1 && value > MAX_LAST) {
        throw new ProtocolException(
            "FormatException", "Messages over 2GB in size are not supported.");
      }
      length |= (value & ~MORE) << (BITS * i);
      if (value < MORE) {
        int body = position + 1;
        return length <= end - body ? body + length : -1;
      }
    }
    throw new AssertionError("the last byte is below " + MORE);
  }

  /** Returns where the body of a whole record starts. */
  static int bodyStart(byte[] bytes, int start) {
    int position = start;
    while (bytes[position] < 0) {
      position++;
    }
    return position + 1;
  }

  /** Puts the length in front of what was written from {@code start} on. */
  static void insert(PayloadWriter target, int start) {
    int rest = target.size() - start;
    byte[] prefix = new byte[MAX_SIZE];
    int size = 0;
    while (rest >= MORE) {
      prefix[size++] = (byte) (rest | MORE);
      rest >>>= BITS;
    }
    prefix[size++] = (byte) rest;
    target.insert(start, prefix, 0, size);
  }
}
