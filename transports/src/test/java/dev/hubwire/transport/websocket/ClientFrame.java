package dev.hubwire.transport.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A frame as a client sends it, right or wrong. Immutable. */
final class ClientFrame {
  private static final int FIN = 0x80;
  private static final int SOME_MASK = 0x37fa213d;

  private final int firstByte;
  private final byte[] payload;
  private final int mask;

  /** How the length is written: 0 within the second byte, else in 2 or 8 bytes. */
  private final int lengthBytes;

  private ClientFrame(int firstByte, byte[] payload, int mask, int lengthBytes) {
    this.firstByte = firstByte;
    this.payload = payload;
    this.mask = mask;
    this.lengthBytes = lengthBytes;
  }

  static ClientFrame of(int opcode, byte[] payload) {
    int length = payload.length;
    return new ClientFrame(
        FIN | opcode, payload, SOME_MASK, length < 126 ? 0 : length < 65_536 ? 2 : 8);
  }

  static ClientFrame text(String text) {
    return of(Opcodes.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static ClientFrame continuation(String text) {
    return of(Opcodes.CONTINUATION, text.getBytes(StandardCharsets.UTF_8));
  }

  static ClientFrame ping(String payload) {
    return of(Opcodes.PING, payload.getBytes(StandardCharsets.UTF_8));
  }

  static ClientFrame pong(String payload) {
    return of(Opcodes.PONG, payload.getBytes(StandardCharsets.UTF_8));
  }

  static ClientFrame close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return of(
        Opcodes.CLOSE,
        ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
  }

  ClientFrame notFinal() {
    return new ClientFrame(firstByte & ~FIN, payload, mask, lengthBytes);
  }

  ClientFrame withReservedBits(int bits) {
    return new ClientFrame(firstByte | bits << 4, payload, mask, lengthBytes);
  }

  ClientFrame withMask(int value) {
    return new ClientFrame(firstByte, payload, value, lengthBytes);
  }

  ClientFrame withLengthIn(int bytes) {
    return new ClientFrame(firstByte, payload, mask, bytes);
  }

  int opcode() {
    return firstByte & 0x0f;
  }

  byte[] payload() {
    return payload.clone();
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /** For the report of a failed property. */
  @Override
  public String toString() {
    return "%02x[%d in %d]".formatted(firstByte, payload.length, lengthBytes);
  }

  byte[] bytes() {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) firstByte);
    switch (lengthBytes) {
      case 2 -> frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
      case 8 -> frame.put((byte) (0x80 | 127)).putLong(payload.length);
      default -> frame.put((byte) (0x80 | payload.length));
    }
    frame.putInt(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ mask >>> (24 - 8 * (i % 4))));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  static byte[] join(Iterable<ClientFrame> frames) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (ClientFrame frame : frames) {
      stream.writeBytes(frame.bytes());
    }
    return stream.toByteArray();
  }
}
