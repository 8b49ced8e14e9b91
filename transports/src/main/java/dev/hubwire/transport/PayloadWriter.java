package dev.hubwire.transport;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects the bytes of one message, with room kept free in front for a transport's header, so that
 * a message is framed where it was encoded. Not thread-safe; reusable after {@link #reset()}.
 */
public final class PayloadWriter extends OutputStream {
  /**
   * Bytes kept free in front: the longest header of an unmasked WebSocket frame (RFC 6455 §5.2).
   */
  static final int HEADROOM = 10;

  private byte[] bytes;
  private int end = HEADROOM;

  /**
   * @param capacity bytes of content to make room for at first; it grows as needed
   */
  public PayloadWriter(int capacity) {
    this.bytes = new byte[HEADROOM + capacity];
  }

  /** How many bytes were written. */
  public int size() {
    return end - HEADROOM;
  }

  /** Forgets what was written. */
  public void reset() {
    end = HEADROOM;
  }

  /** Forgets what was written after the first {@code size} bytes. */
  public void truncate(int size) {
    if (size < 0 || size > size()) {
      throw new IllegalArgumentException("size: " + size + " (expected: 0 to " + size() + ")");
    }
    end = HEADROOM + size;
  }

  @Override
  public void write(int value) {
    ensure(1);
    bytes[end++] = (byte) value;
  }

  @Override
  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, end, length);
    end += length;
  }

  /**
   * Writes a part of a text, one byte for each character.
   *
   * @param text whose characters in this part are ASCII
   */
  // The method is deprecated for what it does to other characters; for these it is the fastest.
  @SuppressWarnings("deprecation")
  public void writeAscii(String text, int from, int to) {
    ensure(to - from);
    text.getBytes(from, to, bytes, end);
    end += to - from;
  }

  /**
   * Puts bytes in between: what was written from {@code index} on comes after them. For a length in
   * front of what was not yet known to be so long.
   */
  public void insert(int index, byte[] source, int offset, int length) {
    if (index < 0 || index > size()) {
      throw new IllegalArgumentException("index: " + index + " (expected: 0 to " + size() + ")");
    }
    ensure(length);
    int position = HEADROOM + index;
    System.arraycopy(bytes, position, bytes, position + length, end - position);
    System.arraycopy(source, offset, bytes, position, length);
    end += length;
  }

  /** The content so far, copied. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, HEADROOM, end);
  }

  /** The backing array: content lies from {@link #HEADROOM} to {@link #end()}. */
  byte[] array() {
    return bytes;
  }

  int end() {
    return end;
  }

  private void ensure(int more) {
    if (bytes.length - end < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(end, more), bytes.length * 2));
    }
  }
}
