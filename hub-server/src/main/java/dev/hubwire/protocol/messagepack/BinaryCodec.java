package dev.hubwire.protocol.messagepack;

import org.msgpack.value.ValueType;

/** Bytes, which may also come as an array of their numbers. */
final class BinaryCodec implements ValueCodec<byte[]> {
  private static final int MAX_BYTE = 0xFF;

  @Override
  public byte[] read(MessagePackReader in) {
    return in.format().getValueType() == ValueType.ARRAY ? readNumbers(in) : in.readBinary();
  }

  private static byte[] readNumbers(MessagePackReader in) {
    byte[] content = new byte[in.readArrayHeader()];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) in.readInteger(0, MAX_BYTE);
    }
    return content;
  }

  @Override
  public void write(byte[] value, MessagePackWriter out) {
    out.writeBinary(value);
  }
}
