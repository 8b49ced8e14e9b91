package dev.hubwire.transport;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.buffer.BufferPool;
import dev.hubwire.transport.buffer.PooledBuffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One message, encoded and framed, for any number of connections. Immutable; receivers read through
 * views, so that none moves another's position.
 *
 * <p>Ownership: it is made with one reference. {@link #retain()} adds one, {@link #release()} gives
 * one back; the last gives pooled memory back to its pool. A payload for a single receiver lies in
 * an array of its own and needs no counting, though counting it does no harm.
 */
public final class SharedPayload {
  private static final int FIN = 0x80;
  private static final int OPCODE_TEXT = 0x1;
  private static final int OPCODE_BINARY = 0x2;

  private static final byte LINES_UNKNOWN = 0;
  private static final byte ONE_LINE = 1;
  private static final byte SEVERAL_LINES = 2;

  private final TransferFormat format;
  private final int frameStart;
  private final int contentStart;
  private final int end;

  /** Absolute access only. */
  private final ByteBuffer bytes;

  private final @Nullable PooledBuffer pooled;

  /**
   * What is known of line ends in the content. Any thread: whoever looks first finds the same as
   * everybody else, so a race costs a second look and no more.
   */
  private byte lines = LINES_UNKNOWN;

  private SharedPayload(
      TransferFormat format,
      int frameStart,
      int contentStart,
      int end,
      ByteBuffer bytes,
      @Nullable PooledBuffer pooled) {
    this.format = format;
    this.frameStart = frameStart;
    this.contentStart = contentStart;
    this.end = end;
    this.bytes = bytes;
    this.pooled = pooled;
  }

  /** For one receiver: takes over the writer's array. The writer must not be used again. */
  public static SharedPayload of(PayloadWriter content, TransferFormat format) {
    ByteBuffer bytes = ByteBuffer.wrap(content.array());
    int frameStart = PayloadWriter.HEADROOM - headerLength(content.size());
    putHeader(bytes, frameStart, format, content.size());
    return new SharedPayload(
        format, frameStart, PayloadWriter.HEADROOM, content.end(), bytes, null);
  }

  /**
   * For many receivers: copies the content into pooled direct memory. The writer may be used again.
   */
  public static SharedPayload pooled(
      PayloadWriter content, TransferFormat format, BufferPool pool) {
    int header = headerLength(content.size());
    PooledBuffer pooled = pool.acquire(header + content.size());
    ByteBuffer bytes = pooled.buffer();
    putHeader(bytes, 0, format, content.size());
    bytes.put(header, content.array(), PayloadWriter.HEADROOM, content.size());
    return new SharedPayload(format, 0, header, header + content.size(), bytes, pooled);
  }

  /** For one receiver: a whole WebSocket control frame, written as it is. */
  public static SharedPayload controlFrame(ByteBuffer frame) {
    return new SharedPayload(
        TransferFormat.BINARY, frame.position(), frame.limit(), frame.limit(), frame, null);
  }

  /** Text or binary: what the content is. */
  public TransferFormat format() {
    return format;
  }

  /** Bytes of the content. */
  public int size() {
    return end - contentStart;
  }

  /** Bytes of the content as one WebSocket frame. */
  public int frameSize() {
    return end - frameStart;
  }

  /** A view of the content. */
  public ByteBuffer content() {
    return bytes.slice(contentStart, end - contentStart);
  }

  /** A view of the content as one unmasked, final WebSocket frame (RFC 6455 §5.2). */
  public ByteBuffer frame() {
    return bytes.slice(frameStart, end - frameStart);
  }

  /** Appends the frame without its first {@code skip} bytes to a buffer that has room for it. */
  public void copyFrameTo(ByteBuffer target, int skip) {
    int length = end - frameStart - skip;
    target.put(target.position(), bytes, frameStart + skip, length);
    target.position(target.position() + length);
  }

  /**
   * Whether the content has neither a CR nor an LF, as all of JSON's have not. Found out once for
   * all receivers.
   */
  public boolean isOneLine() {
    if (lines == LINES_UNKNOWN) {
      lines = hasLineEnd() ? SEVERAL_LINES : ONE_LINE;
    }
    return lines == ONE_LINE;
  }

  /** Adds a reference. */
  public SharedPayload retain() {
    if (pooled != null) {
      pooled.retain();
    }
    return this;
  }

  /** Gives a reference back. */
  public void release() {
    if (pooled != null) {
      pooled.release();
    }
  }

  private boolean hasLineEnd() {
    for (int i = contentStart; i < end; i++) {
      byte b = bytes.get(i);
      if (b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  private static int headerLength(int size) {
    return size < 126 ? 2 : size < 65_536 ? 4 : 10;
  }

  private static void putHeader(ByteBuffer target, int at, TransferFormat format, int size) {
    int opcode = format == TransferFormat.BINARY ? OPCODE_BINARY : OPCODE_TEXT;
    target.put(at, (byte) (FIN | opcode));
    if (size < 126) {
      target.put(at + 1, (byte) size);
    } else if (size < 65_536) {
      target.put(at + 1, (byte) 126);
      target.putShort(at + 2, (short) size);
    } else {
      target.put(at + 1, (byte) 127);
      target.putLong(at + 2, size);
    }
  }
}
