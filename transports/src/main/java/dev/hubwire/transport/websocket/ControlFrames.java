package dev.hubwire.transport.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The control frames a server sends: unmasked, final, with at most {@link #MAX_PAYLOAD} bytes (RFC
 * 6455 §5.5). Each is a buffer of its own, ready to be written.
 */
final class ControlFrames {
  /** The longest payload, in bytes. */
  static final int MAX_PAYLOAD = 125;

  /** The longest reason of a Close, in bytes of UTF-8: its code takes two. */
  static final int MAX_REASON = MAX_PAYLOAD - 2;

  private static final int FIN = 0x80;
  private static final int HEADER = 2;

  private ControlFrames() {}

  /** A Ping that carries what remains of the payload, which keeps its position. */
  static ByteBuffer ping(ByteBuffer payload) {
    return frame(Opcodes.PING, payload);
  }

  /** A Pong that carries what remains of the payload, which keeps its position. */
  static ByteBuffer pong(ByteBuffer payload) {
    return frame(Opcodes.PONG, payload);
  }

  /**
   * A Close.
   *
   * @param code one that {@linkplain CloseCodes#mayBeSent may be sent}
   * @param reason at most {@link #MAX_REASON} bytes in UTF-8; empty for none
   */
  static ByteBuffer close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    if (!CloseCodes.mayBeSent(code)) {
      throw new IllegalArgumentException(
          "code: " + code + " (expected: 1000 to 1003, 1007 to 1014 or 3000 to 4999)");
    }
    if (text.length > MAX_REASON) {
      throw new IllegalArgumentException(
          "reason: " + text.length + " bytes (expected: <= " + MAX_REASON + ")");
    }
    return allocate(Opcodes.CLOSE, Short.BYTES + text.length)
        .putShort((short) code)
        .put(text)
        .flip();
  }

  private static ByteBuffer frame(int opcode, ByteBuffer payload) {
    int length = payload.remaining();
    if (length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "payload: " + length + " bytes (expected: <= " + MAX_PAYLOAD + ")");
    }
    ByteBuffer frame = allocate(opcode, length);
    frame.put(HEADER, payload, payload.position(), length);
    return frame.rewind();
  }

  private static ByteBuffer allocate(int opcode, int length) {
    return ByteBuffer.allocate(HEADER + length).put((byte) (FIN | opcode)).put((byte) length);
  }
}
