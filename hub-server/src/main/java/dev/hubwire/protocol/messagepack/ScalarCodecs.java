package dev.hubwire.protocol.messagepack;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** Numbers, texts and what is written as one of them. */
final class ScalarCodecs {
  static final SimpleCodec<Long> LONG =
      new SimpleCodec<>(MessagePackReader::readLong, MessagePackWriter::writeLong);

  static final SimpleCodec<Integer> INT =
      new SimpleCodec<>(MessagePackReader::readInt, (out, value) -> out.writeLong(value));

  private static final SimpleCodec<String> STRING =
      new SimpleCodec<>(MessagePackReader::readString, MessagePackWriter::writeString);

  private static final SimpleCodec<Boolean> BOOLEAN =
      new SimpleCodec<>(MessagePackReader::readBoolean, MessagePackWriter::writeBoolean);

  private static final SimpleCodec<Byte> BYTE =
      new SimpleCodec<>(
          in -> (byte) in.readInteger(Byte.MIN_VALUE, Byte.MAX_VALUE),
          (out, value) -> out.writeLong(value));

  private static final SimpleCodec<Short> SHORT =
      new SimpleCodec<>(
          in -> (short) in.readInteger(Short.MIN_VALUE, Short.MAX_VALUE),
          (out, value) -> out.writeLong(value));

  private static final SimpleCodec<Character> CHAR =
      new SimpleCodec<>(
          in -> (char) in.readInteger(Character.MIN_VALUE, Character.MAX_VALUE),
          (out, value) -> out.writeLong(value));

  private static final SimpleCodec<Float> FLOAT =
      new SimpleCodec<>(in -> (float) in.readDouble(), MessagePackWriter::writeFloat);

  private static final SimpleCodec<Double> DOUBLE =
      new SimpleCodec<>(MessagePackReader::readDouble, MessagePackWriter::writeDouble);

  /** What a number may have of digits, and in front of or behind its point. */
  private static final int MAX_DIGITS = 1_000;

  private static final int UUID_LENGTH = 36;

  private ScalarCodecs() {}

  static void addTo(Map<? super Class<?>, ValueCodec<?>> codecs) {
    add(boolean.class, Boolean.class, BOOLEAN, false, codecs);
    add(byte.class, Byte.class, BYTE, (byte) 0, codecs);
    add(short.class, Short.class, SHORT, (short) 0, codecs);
    add(int.class, Integer.class, INT, 0, codecs);
    add(long.class, Long.class, LONG, 0L, codecs);
    add(char.class, Character.class, CHAR, (char) 0, codecs);
    add(float.class, Float.class, FLOAT, 0f, codecs);
    add(double.class, Double.class, DOUBLE, 0d, codecs);
    codecs.put(String.class, STRING);
    codecs.put(
        BigInteger.class,
        new SimpleCodec<>(MessagePackReader::readBigInteger, ScalarCodecs::writeInteger));
    SimpleCodec<Void> nothing =
        new SimpleCodec<>(
            in -> {
              throw in.unexpected();
            },
            (out, value) -> out.writeNil());
    codecs.put(void.class, nothing);
    codecs.put(Void.class, nothing);
    codecs.put(
        BigDecimal.class,
        SimpleCodec.via(STRING, ScalarCodecs::parseDecimal, BigDecimal::toPlainString));
    codecs.put(UUID.class, SimpleCodec.via(STRING, ScalarCodecs::parseUuid, UUID::toString));
    codecs.put(URI.class, SimpleCodec.via(STRING, URI::create, URI::toString));
  }

  private static <T> void add(
      Class<T> primitive,
      Class<T> boxed,
      SimpleCodec<T> codec,
      T zero,
      Map<? super Class<?>, ValueCodec<?>> codecs) {
    codecs.put(primitive, codec.primitive(zero));
    codecs.put(boxed, codec);
  }

  /** Writes what 64 bits hold, with or without a sign. */
  private static void writeInteger(MessagePackWriter out, BigInteger value) {
    boolean negative = value.signum() < 0;
    int bits = value.bitLength() + (negative ? 1 : 0);
    if (bits > Long.SIZE) {
      throw new IllegalArgumentException(
          "an integer of " + bits + " bits (expected: at most " + Long.SIZE + ")");
    }
    if (negative) {
      out.writeLong(value.longValue());
    } else {
      out.writeUnsignedLong(value.longValue());
    }
  }

  /** Reads no number that would be much longer when it is written out. */
  private static BigDecimal parseDecimal(String text) {
    if (text.length() <= MAX_DIGITS) {
      BigDecimal value = new BigDecimal(text);
      if (Math.abs(value.scale()) <= MAX_DIGITS) {
        return value;
      }
    }
    throw MessagePackException.invalid("A decimal has too many digits.");
  }

  /** Reads the one usual form; the JDK takes others too. */
  private static UUID parseUuid(String text) {
    boolean usual =
        text.length() == UUID_LENGTH
            && text.charAt(8) == '-'
            && text.charAt(13) == '-'
            && text.charAt(18) == '-'
            && text.charAt(23) == '-';
    if (!usual) {
      throw MessagePackException.invalid("A UUID has not the usual form.");
    }
    return UUID.fromString(text);
  }
}
