package dev.hubwire.protocol.messagepack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.transport.PayloadWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack.Code;

/** Writes values in their shortest forms. What it has written when it fails is left there. */
final class MessagePackWriter {
  private static final int MAX_FIXED_STRING = 31;
  private static final int MAX_FIXED_COUNT = 15;
  private static final int MIN_FIXED_INT = -32;
  private static final int MAX_UINT8 = 0xFF;
  private static final int MAX_UINT16 = 0xFFFF;
  private static final long MAX_UINT32 = 0xFFFF_FFFFL;

  /** The character for what is none; it takes the place of half a surrogate pair. */
  private static final char REPLACEMENT = '\uFFFD';

  private final PayloadWriter target;
  private final ValueCodecs codecs;
  private int depth;

  MessagePackWriter(PayloadWriter target, ValueCodecs codecs) {
    this.target = target;
    this.codecs = codecs;
  }

  void writeNil() {
    target.write(Code.NIL);
  }

  void writeBoolean(boolean value) {
    target.write(value ? Code.TRUE : Code.FALSE);
  }

  void writeLong(long value) {
    if (value >= 0) {
      writeUnsignedLong(value);
    } else if (value >= MIN_FIXED_INT) {
      target.write((int) value);
    } else if (value >= Byte.MIN_VALUE) {
      writeCoded(Code.INT8, value, 1);
    } else if (value >= Short.MIN_VALUE) {
      writeCoded(Code.INT16, value, 2);
    } else if (value >= Integer.MIN_VALUE) {
      writeCoded(Code.INT32, value, 4);
    } else {
      writeCoded(Code.INT64, value, 8);
    }
  }

  /** Writes a number of 64 bits without a sign. */
  void writeUnsignedLong(long value) {
    if (value >= 0 && value <= Byte.MAX_VALUE) {
      target.write((int) value);
    } else if (value < 0 || value > MAX_UINT32) {
      writeCoded(Code.UINT64, value, 8);
    } else {
      writeSized(value, Code.UINT8, Code.UINT16, Code.UINT32);
    }
  }

  void writeFloat(float value) {
    writeCoded(Code.FLOAT32, Float.floatToRawIntBits(value), 4);
  }

  void writeDouble(double value) {
    writeCoded(Code.FLOAT64, Double.doubleToRawLongBits(value), 8);
  }

  private void writeCoded(byte code, long bits, int size) {
    target.write(code);
    writeNumber(bits, size);
  }

  private void writeNumber(long bits, int size) {
    for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      target.write((int) (bits >>> shift));
    }
  }

  /** Writes a number of at most 32 bits, with the code for the bytes that it takes. */
  private void writeSized(long value, byte code8, byte code16, byte code32) {
    if (value <= MAX_UINT8) {
      writeCoded(code8, value, 1);
    } else if (value <= MAX_UINT16) {
      writeCoded(code16, value, 2);
    } else {
      writeCoded(code32, value, 4);
    }
  }

  void writeString(@Nullable String text) {
    if (text == null) {
      writeNil();
    } else if (isAscii(text)) {
      writeStringHeader(text.length());
      target.writeAscii(text, 0, text.length());
    } else {
      writeUtf8(wellFormed(text).getBytes(UTF_8));
    }
  }

  /** Writes a text that is encoded already. */
  void writeUtf8(byte[] content) {
    writeStringHeader(content.length);
    target.write(content);
  }

  private void writeStringHeader(int length) {
    if (length <= MAX_FIXED_STRING) {
      target.write(Code.FIXSTR_PREFIX | length);
    } else {
      writeSized(length, Code.STR8, Code.STR16, Code.STR32);
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > Byte.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }

  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return withoutLoneSurrogates(text);
      }
    }
    return text;
  }

  private static String withoutLoneSurrogates(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                result.appendCodePoint(
                    Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c));
    return result.toString();
  }

  void writeBinary(byte[] content) {
    writeSized(content.length, Code.BIN8, Code.BIN16, Code.BIN32);
    target.write(content);
  }

  /** Begins an array; this many values have to follow. */
  void writeArrayHeader(int count) {
    writeHeader(count, Code.FIXARRAY_PREFIX, Code.ARRAY16, Code.ARRAY32);
  }

  /** Begins a map; this many pairs of values have to follow. */
  void writeMapHeader(int count) {
    writeHeader(count, Code.FIXMAP_PREFIX, Code.MAP16, Code.MAP32);
  }

  private void writeHeader(int count, byte prefix, byte code16, byte code32) {
    if (count <= MAX_FIXED_COUNT) {
      target.write(prefix | count);
    } else if (count <= MAX_UINT16) {
      writeCoded(code16, count, 2);
    } else {
      writeCoded(code32, count, 4);
    }
  }

  void writeTimestamp(Instant time) {
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    if (seconds < 0 || seconds > Timestamp.MAX_SECONDS_64) {
      writeCoded(Code.EXT8, 12, 1);
      target.write(Code.EXT_TIMESTAMP);
      writeNumber(nanos, 4);
      writeNumber(seconds, 8);
    } else if (nanos != 0 || seconds > Timestamp.MAX_SECONDS_32) {
      target.write(Code.FIXEXT8);
      target.write(Code.EXT_TIMESTAMP);
      writeNumber(((long) nanos << Timestamp.SECONDS_BITS_64) | seconds, 8);
    } else {
      target.write(Code.FIXEXT4);
      target.write(Code.EXT_TIMESTAMP);
      writeNumber(seconds, 4);
    }
  }

  /**
   * Writes a value of the application, by what it is and not by what it is declared as.
   *
   * @throws RuntimeException of any kind if it has no form in MessagePack
   */
  void writeValue(@Nullable Object value) {
    if (value == null) {
      writeNil();
    } else {
      codecs.write(value, this);
    }
  }

  /**
   * Goes one level deeper. What is in itself, however indirectly, would go on for ever; no reader
   * would take this many levels either.
   */
  void enter() {
    if (depth == MessagePackReader.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "values are nested deeper than " + depth + " levels, or in themselves");
    }
    depth++;
  }

  void leave() {
    depth--;
  }
}
