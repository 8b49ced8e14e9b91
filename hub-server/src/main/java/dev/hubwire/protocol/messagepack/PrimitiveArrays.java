package dev.hubwire.protocol.messagepack;

import java.util.Map;

/** Arrays of primitives, without an object for each element. */
final class PrimitiveArrays {
  private PrimitiveArrays() {}

  static void addTo(Map<? super Class<?>, ValueCodec<?>> codecs) {
    codecs.put(byte[].class, new BinaryCodec());
    codecs.put(
        boolean[].class,
        new SimpleCodec<>(PrimitiveArrays::readBooleans, PrimitiveArrays::writeBooleans));
    codecs.put(
        short[].class,
        new SimpleCodec<>(PrimitiveArrays::readShorts, PrimitiveArrays::writeShorts));
    codecs.put(
        char[].class, new SimpleCodec<>(PrimitiveArrays::readChars, PrimitiveArrays::writeChars));
    codecs.put(
        int[].class, new SimpleCodec<>(PrimitiveArrays::readInts, PrimitiveArrays::writeInts));
    codecs.put(
        long[].class, new SimpleCodec<>(PrimitiveArrays::readLongs, PrimitiveArrays::writeLongs));
    codecs.put(
        float[].class,
        new SimpleCodec<>(PrimitiveArrays::readFloats, PrimitiveArrays::writeFloats));
    codecs.put(
        double[].class,
        new SimpleCodec<>(PrimitiveArrays::readDoubles, PrimitiveArrays::writeDoubles));
  }

  private static boolean[] readBooleans(MessagePackReader in) {
    boolean[] values = new boolean[in.readArrayHeader()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readBoolean();
    }
    return values;
  }

  private static void writeBooleans(MessagePackWriter out, boolean[] values) {
    out.writeArrayHeader(values.length);
    for (boolean value : values) {
      out.writeBoolean(value);
    }
  }

  private static short[] readShorts(MessagePackReader in) {
    short[] values = new short[in.readArrayHeader()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) in.readInteger(Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return values;
  }

  private static void writeShorts(MessagePackWriter out, short[] values) {
    out.writeArrayHeader(values.length);
    for (short value : values) {
      out.writeLong(value);
    }
  }

  private static char[] readChars(MessagePackReader in) {
    char[] values = new char[in.readArrayHeader()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (char) in.readInteger(Character.MIN_VALUE, Character.MAX_VALUE);
    }
    return values;
  }

  private static void writeChars(MessagePackWriter out, char[] values) {
    out.writeArrayHeader(values.length);
    for (char value : values) {
      out.writeLong(value);
    }
  }

  private static int[] readInts(MessagePackReader in) {
    int[] values = new int[in.readArrayHeader()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  private static void writeInts(MessagePackWriter out, int[] values) {
    out.writeArrayHeader(values.length);
    for (int value : values) {
      out.writeLong(value);
    }
  }

  private static long[] readLongs(MessagePackReader in) {
    long[] values = new long[in.readArrayHeader()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  private static void writeLongs(MessagePackWriter out, long[] values) {
    out.writeArrayHeader(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  private static float[] readFloats(MessagePackReader in) {
    float[] values = new float[in.readArrayHeader()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) in.readDouble();
    }
    return values;
  }

  private static void writeFloats(MessagePackWriter out, float[] values) {
    out.writeArrayHeader(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  private static double[] readDoubles(MessagePackReader in) {
    double[] values = new double[in.readArrayHeader()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  private static void writeDoubles(MessagePackWriter out, double[] values) {
    out.writeArrayHeader(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }
}
