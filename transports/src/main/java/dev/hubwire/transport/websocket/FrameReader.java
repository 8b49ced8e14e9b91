package dev.hubwire.transport.websocket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames (RFC 6455 §5) out of a byte stream that arrives in arbitrary pieces, and
 * hands on what it finds at once: nothing is collected but control frames, and no memory is taken
 * because of a length that a frame announces.
 *
 * <p>One per connection; loop thread only. Between two reads it holds a few plain fields, and at
 * most the 125 bytes of a control frame of which a part is still to come.
 *
 * <p>A rule is judged as soon as the bytes that break it are there, and what came before them has
 * then been handed on: the outcome does not depend on how the stream was cut. After a violation, as
 * after a Close frame, the reader reads nothing more and leaves its source as it is.
 *
 * <p>A length in a longer form than it needs is taken as it is, against §5.2 and as the reference
 * server does: it can only be read one way.
 */
final class FrameReader {
  private static final int FIN = 0x80;
  private static final int RESERVED_BITS = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int CONTROL_BIT = 0x8;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int LENGTH_IN_16_BITS = 126;
  private static final int LENGTH_IN_64_BITS = 127;

  /** What the next byte belongs to. */
  private enum Part {
    FIRST_BYTE,
    SECOND_BYTE,
    EXTENDED_LENGTH,
    MASK,
    DATA,
    CONTROL,
    /** Nothing: a Close frame or a violation was the end. */
    NOTHING
  }

  private final long maxFrameBytes;

  // All state is the loop thread's.

  private Part part = Part.FIRST_BYTE;

  /** What the current frame is, and whether it ends its message. */
  private int opcode;

  private boolean fin;

  /** Bytes of an extended length or a mask still to come. */
  private int missing;

  /** The mask, its highest byte due next. */
  private int mask;

  /** Bytes of payload still to come. */
  private long remaining;

  /** Whether a message has begun whose last frame has not. */
  private boolean fragmented;

  /** Whether the current message is text; control frames in between leave it alone. */
  private boolean text;

  /** Where {@link Utf8Validator} stands in a text message. */
  private int utf8 = Utf8Validator.ACCEPT;

  /** The payload of a control frame that did not arrive in one piece, else null. */
  private byte @Nullable [] control;

  /**
   * @param maxFrameBytes the longest payload of a data frame; a frame that announces more is
   *     refused with 1009 before any of it is read
   */
  FrameReader(long maxFrameBytes) {
    if (maxFrameBytes < 1) {
      throw new IllegalArgumentException("maxFrameBytes: " + maxFrameBytes + " (expected: > 0)");
    }
    this.maxFrameBytes = maxFrameBytes;
  }

  /**
   * Reads until the source is empty, the sink is paused, or a Close frame was the end. What is left
   * in the source then is the caller's, to offer again or to discard.
   *
   * @param source bytes as they came from the socket, in big-endian order; direct or not
   * @param scratch where payload is unmasked to and what the sink is given; at least {@link
   *     ControlFrames#MAX_PAYLOAD} bytes with an accessible array. It is lent for the call only:
   *     all readers of a loop can share one
   * @throws WebSocketException if the peer broke a rule; carries the code to close with
   */
  void read(ByteBuffer source, ByteBuffer scratch, FrameSink sink) {
    if (source.order() != ByteOrder.BIG_ENDIAN) {
      throw new IllegalArgumentException("source: little-endian (expected: big-endian)");
    }
    if (scratch.capacity() < ControlFrames.MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "scratch: "
              + scratch.capacity()
              + " bytes (expected: >= "
              + ControlFrames.MAX_PAYLOAD
              + ")");
    }
    while (source.hasRemaining() && !sink.isPaused()) {
      switch (part) {
        case FIRST_BYTE -> readFirstByte(source.get());
        case SECOND_BYTE -> readSecondByte(source.get());
        case EXTENDED_LENGTH -> readExtendedLength(source);
        case MASK -> readMask(source, scratch, sink);
        case DATA -> readData(source, scratch, sink);
        case CONTROL -> readControl(source, scratch, sink);
        case NOTHING -> {
          return;
        }
      }
    }
  }

  /** Whether a Close frame or a violation was the end, so that nothing more will be read. */
  boolean isFinished() {
    return part == Part.NOTHING;
  }

  private void readFirstByte(int value) {
    if ((value & RESERVED_BITS) != 0) {
      throw protocolError("reserved bits: " + hex(value & RESERVED_BITS) + " (expected: none)");
    }
    opcode = value & OPCODE;
    fin = (value & FIN) != 0;
    switch (opcode) {
      case Opcodes.CONTINUATION -> {
        if (!fragmented) {
          throw protocolError("continuation frame (expected: a message to continue)");
        }
        fragmented = !fin;
      }
      case Opcodes.TEXT, Opcodes.BINARY -> {
        if (fragmented) {
          throw protocolError("opcode: " + hex(opcode) + " within a message (expected: 0x0)");
        }
        fragmented = !fin;
        text = opcode == Opcodes.TEXT;
      }
      case Opcodes.CLOSE, Opcodes.PING, Opcodes.PONG -> {
        if (!fin) {
          throw protocolError("control frame in fragments (expected: in one frame)");
        }
      }
      default ->
          throw protocolError("opcode: " + hex(opcode) + " (expected: 0x0 to 0x2 or 0x8 to 0xa)");
    }
    part = Part.SECOND_BYTE;
  }

  private void readSecondByte(int value) {
    if ((value & MASKED) == 0) {
      throw protocolError("frame without a mask (expected: a mask, as a client must)");
    }
    int length = value & LENGTH;
    switch (length) {
      case LENGTH_IN_16_BITS -> expectExtendedLength(Short.BYTES);
      case LENGTH_IN_64_BITS -> expectExtendedLength(Long.BYTES);
      default -> acceptLength(length);
    }
  }

  private void expectExtendedLength(int bytes) {
    remaining = 0;
    missing = bytes;
    part = Part.EXTENDED_LENGTH;
  }

  private void readExtendedLength(ByteBuffer source) {
    while (missing > 0 && source.hasRemaining()) {
      remaining = remaining << Byte.SIZE | Byte.toUnsignedLong(source.get());
      missing--;
    }
    if (missing == 0) {
      acceptLength(remaining);
    }
  }

  private void acceptLength(long length) {
    if (length < 0) {
      throw protocolError("length: " + Long.toUnsignedString(length) + " (expected: < 2^63)");
    }
    if (isControl()) {
      if (length > ControlFrames.MAX_PAYLOAD) {
        throw protocolError(
            "control frame of "
                + length
                + " bytes (expected: <= "
                + ControlFrames.MAX_PAYLOAD
                + ")");
      }
    } else if (length > maxFrameBytes) {
      throw violation(
          CloseCodes.MESSAGE_TOO_BIG,
          "frame of " + length + " bytes (expected: <= " + maxFrameBytes + ")");
    }
    remaining = length;
    missing = Integer.BYTES;
    part = Part.MASK;
  }

  private void readMask(ByteBuffer source, ByteBuffer scratch, FrameSink sink) {
    while (missing > 0 && source.hasRemaining()) {
      mask = mask << Byte.SIZE | Byte.toUnsignedInt(source.get());
      missing--;
    }
    if (missing > 0) {
      return;
    }
    part = isControl() ? Part.CONTROL : Part.DATA;
    if (remaining > 0) {
      return;
    }
    // No byte will come that would get an empty payload read.
    if (isControl()) {
      readControl(source, scratch, sink);
    } else {
      endDataFrame();
    }
  }

  private void readData(ByteBuffer source, ByteBuffer scratch, FrameSink sink) {
    int count = (int) Math.min(remaining, Math.min(source.remaining(), scratch.capacity()));
    byte[] array = scratch.array();
    int offset = scratch.arrayOffset();
    long seen = unmask(source, array, offset, count);
    int before = utf8;
    // The bytes seen on the way tell the usual case, ASCII between two characters, at no cost.
    if (text && !(before == Utf8Validator.ACCEPT && Utf8Validator.isAscii(seen))) {
      utf8 = Utf8Validator.advance(before, array, offset, offset + count);
      if (utf8 == Utf8Validator.REJECT) {
        int valid = Utf8Validator.validPrefix(before, array, offset, offset + count);
        if (valid > 0) {
          sink.onData(scratch.clear().limit(valid));
        }
        throw violation(CloseCodes.INVALID_PAYLOAD, "text that is not UTF-8");
      }
    }
    boolean ended = remaining == 0;
    sink.onData(scratch.clear().limit(count));
    if (ended) {
      endDataFrame();
    }
  }

  private void endDataFrame() {
    part = Part.FIRST_BYTE;
    if (fin && text && utf8 != Utf8Validator.ACCEPT) {
      throw violation(CloseCodes.INVALID_PAYLOAD, "text that ends within a character");
    }
  }

  private void readControl(ByteBuffer source, ByteBuffer scratch, FrameSink sink) {
    int count = (int) Math.min(remaining, source.remaining());
    byte[] collected = control;
    if (collected == null && count == remaining) {
      unmask(source, scratch.array(), scratch.arrayOffset(), count);
      handOnControl(scratch.clear().limit(count), sink);
      return;
    }
    if (collected == null) {
      collected = new byte[(int) remaining];
      control = collected;
    }
    unmask(source, collected, collected.length - (int) remaining, count);
    if (remaining == 0) {
      control = null;
      handOnControl(ByteBuffer.wrap(collected), sink);
    }
  }

  private void handOnControl(ByteBuffer payload, FrameSink sink) {
    part = Part.FIRST_BYTE;
    switch (opcode) {
      case Opcodes.PING -> sink.onPing(payload);
      case Opcodes.PONG -> sink.onPong(payload);
      default -> handOnClose(payload, sink);
    }
  }

  private void handOnClose(ByteBuffer payload, FrameSink sink) {
    part = Part.NOTHING;
    if (!payload.hasRemaining()) {
      sink.onClose(CloseCodes.NO_STATUS, "");
      return;
    }
    if (payload.remaining() < Short.BYTES) {
      throw protocolError("Close of 1 byte (expected: 0 or >= 2)");
    }
    int code = Byte.toUnsignedInt(payload.get()) << Byte.SIZE | Byte.toUnsignedInt(payload.get());
    if (!CloseCodes.mayBeSent(code)) {
      throw protocolError("close code: " + code + " (expected: one that may be sent)");
    }
    int start = payload.arrayOffset() + payload.position();
    int end = start + payload.remaining();
    if (Utf8Validator.advance(Utf8Validator.ACCEPT, payload.array(), start, end)
        != Utf8Validator.ACCEPT) {
      throw protocolError("close reason that is not UTF-8");
    }
    String reason = new String(payload.array(), start, payload.remaining(), StandardCharsets.UTF_8);
    sink.onClose(code, reason);
  }

  private long unmask(ByteBuffer source, byte[] target, int offset, int count) {
    long seen = Masking.unmask(source, mask, target, offset, count);
    mask = Masking.advance(mask, count);
    remaining -= count;
    return seen;
  }

  private boolean isControl() {
    return (opcode & CONTROL_BIT) != 0;
  }

  private WebSocketException protocolError(String message) {
    return violation(CloseCodes.PROTOCOL_ERROR, message);
  }

  private WebSocketException violation(int closeCode, String message) {
    part = Part.NOTHING;
    return new WebSocketException(closeCode, message);
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }
}
