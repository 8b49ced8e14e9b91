package dev.hubwire.protocol.messagepack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack.Code;

/**
 * Walks through the values in a range of bytes. What it makes is never larger than what is left of
 * the range: a header that announces more is refused. After an exception it may stand anywhere. Not
 * thread-safe.
 *
 * <p>Everything that reads throws {@link MessagePackException} if the bytes are something else.
 */
final class MessagePackReader {
  /** How deep values may be nested in each other; what is skipped may be nested deeper. */
  static final int MAX_DEPTH = 500;

  private static final BigInteger LOW_BITS =
      BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

  private final byte[] bytes;
  private final int end;
  private int position;
  private int depth;

  MessagePackReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** What comes next. */
  MessageFormat format() {
    return MessageFormat.valueOf(code());
  }

  private byte code() {
    if (position >= end) {
      throw MessagePackException.endOfStream();
    }
    return bytes[position];
  }

  MessagePackException unexpected() {
    return MessagePackException.unexpected(code());
  }

  /** Takes a code and the big-endian number of this many bytes that follows it. */
  private long coded(int size) {
    position++;
    return number(size);
  }

  private long number(int size) {
    require(size);
    long bits = 0;
    for (int i = position; i < position + size; i++) {
      bits = (bits << Byte.SIZE) | Byte.toUnsignedLong(bytes[i]);
    }
    position += size;
    return bits;
  }

  private void require(long count) {
    if (count > end - position) {
      throw MessagePackException.endOfStream();
    }
  }

  /** Steps over nil, if that is what comes next. */
  boolean tryReadNil() {
    if (code() != Code.NIL) {
      return false;
    }
    position++;
    return true;
  }

  boolean readBoolean() {
    boolean value =
        switch (code()) {
          case Code.TRUE -> true;
          case Code.FALSE -> false;
          default -> throw unexpected();
        };
    position++;
    return value;
  }

  int readInt() {
    return (int) readInteger(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Reads an integer of any width, if it is in this range. */
  long readInteger(long min, long max) {
    long value = readLong();
    if (value < min || value > max) {
      throw outOfRange();
    }
    return value;
  }

  /** Reads an integer of any width that fits. */
  long readLong() {
    return switch (format()) {
      case POSFIXINT, NEGFIXINT -> bytes[position++];
      case UINT8 -> coded(1);
      case UINT16 -> coded(2);
      case UINT32 -> coded(4);
      case UINT64 -> {
        long value = coded(8);
        if (value < 0) {
          throw outOfRange();
        }
        yield value;
      }
      case INT8 -> (byte) coded(1);
      case INT16 -> (short) coded(2);
      case INT32 -> (int) coded(4);
      case INT64 -> coded(8);
      default -> throw unexpected();
    };
  }

  private static MessagePackException outOfRange() {
    return MessagePackException.invalid("An integer is out of range.");
  }

  BigInteger readBigInteger() {
    return format() == MessageFormat.UINT64
        ? BigInteger.valueOf(coded(8)).and(LOW_BITS)
        : BigInteger.valueOf(readLong());
  }

  /** Reads a floating-point number of either width, or an integer. */
  double readDouble() {
    return switch (format()) {
      case FLOAT64 -> Double.longBitsToDouble(coded(8));
      case FLOAT32 -> Float.intBitsToFloat((int) coded(4));
      case UINT64 -> readBigInteger().doubleValue();
      default -> readLong();
    };
  }

  /** Reads a text; bytes that are not UTF-8 are replaced. */
  String readString() {
    int length = readStringHeader();
    String text = new String(bytes, position, length, UTF_8);
    position += length;
    return text;
  }

  @Nullable String readStringOrNil() {
    return tryReadNil() ? null : readString();
  }

  private int readStringHeader() {
    return switch (format()) {
      case FIXSTR -> length(bytes[position++] - Code.FIXSTR_PREFIX);
      case STR8 -> length(coded(1));
      case STR16 -> length(coded(2));
      case STR32 -> length(coded(4));
      default -> throw unexpected();
    };
  }

  private int length(long announced) {
    require(announced);
    return (int) announced;
  }

  /**
   * Takes a text, without decoding it, and looks for it among others.
   *
   * @param names as UTF-8
   * @param likely where in {@code names} to look first
   * @return where it is, or -1
   */
  int readName(byte[][] names, int likely) {
    int length = readStringHeader();
    int start = position;
    position += length;
    for (int i = 0; i < names.length; i++) {
      int candidate = likely + i < names.length ? likely + i : likely + i - names.length;
      byte[] name = names[candidate];
      if (Arrays.equals(bytes, start, position, name, 0, name.length)) {
        return candidate;
      }
    }
    return -1;
  }

  /**
   * Reads bytes, or a text as its bytes: what wrote before there was a form for bytes wrote them
   * so. A text with a length of one byte did not exist then, and is refused.
   */
  byte[] readBinary() {
    int length =
        switch (format()) {
          case BIN8 -> length(coded(1));
          case BIN16 -> length(coded(2));
          case BIN32 -> length(coded(4));
          case FIXSTR, STR16, STR32 -> readStringHeader();
          default -> throw unexpected();
        };
    byte[] content = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return content;
  }

  /** Returns how many values follow. */
  int readArrayHeader() {
    return switch (format()) {
      case FIXARRAY -> count(bytes[position++] - Code.FIXARRAY_PREFIX, 1);
      case ARRAY16 -> count(coded(2), 1);
      case ARRAY32 -> count(coded(4), 1);
      default -> throw unexpected();
    };
  }

  /** Returns how many pairs of values follow. */
  int readMapHeader() {
    return switch (format()) {
      case FIXMAP -> count(bytes[position++] - Code.FIXMAP_PREFIX, 2);
      case MAP16 -> count(coded(2), 2);
      case MAP32 -> count(coded(4), 2);
      default -> throw unexpected();
    };
  }

  private int count(long announced, int valuesEach) {
    require(announced * valuesEach);
    return (int) announced;
  }

  /** Reads a timestamp, in each of its three sizes ({@code docs/protocol/hub-protocol.md} §5.6). */
  Instant readTimestamp() {
    int length = readExtensionHeader(Code.EXT_TIMESTAMP);
    return switch (length) {
      case 4 -> Instant.ofEpochSecond(number(4));
      case 8 -> {
        long both = number(8);
        yield Instant.ofEpochSecond(
            both & Timestamp.MAX_SECONDS_64, both >>> Timestamp.SECONDS_BITS_64);
      }
      case 12 -> {
        long nanos = number(4);
        yield Instant.ofEpochSecond(number(8), nanos);
      }
      default ->
          throw MessagePackException.invalid(
              "length of a timestamp: " + length + " (expected: 4, 8 or 12)");
    };
  }

  /** Returns the length of an extension, if it is of this type. */
  private int readExtensionHeader(byte type) {
    long length =
        switch (format()) {
          case FIXEXT1 -> fixedExtension(1);
          case FIXEXT2 -> fixedExtension(2);
          case FIXEXT4 -> fixedExtension(4);
          case FIXEXT8 -> fixedExtension(8);
          case FIXEXT16 -> fixedExtension(16);
          case EXT8 -> coded(1);
          case EXT16 -> coded(2);
          case EXT32 -> coded(4);
          default -> throw unexpected();
        };
    require(1 + length);
    byte found = bytes[position++];
    if (found != type) {
      throw MessagePackException.invalid(
          "type of an extension: " + found + " (expected: " + type + ")");
    }
    return (int) length;
  }

  private int fixedExtension(int length) {
    position++;
    return length;
  }

  /** Steps over one value, nested as deep as it may be. */
  void skip() {
    long values = 1;
    while (values > 0) {
      // Each of them has at least one byte.
      require(values);
      values += skipStart() - 1;
    }
  }

  /** Steps over one value but for those in it; returns how many those are. */
  private long skipStart() {
    MessageFormat format = format();
    return switch (format) {
      case FIXARRAY, ARRAY16, ARRAY32 -> readArrayHeader();
      case FIXMAP, MAP16, MAP32 -> 2L * readMapHeader();
      default -> {
        long length = contentLength(format);
        require(length);
        position += (int) length;
        yield 0;
      }
    };
  }

  /** Steps over what says how long a value is; returns that length. */
  private long contentLength(MessageFormat format) {
    return switch (format) {
      case POSFIXINT, NEGFIXINT, NIL, BOOLEAN -> 1;
      case UINT8, INT8 -> 2;
      case UINT16, INT16, FIXEXT1 -> 3;
      case FIXEXT2 -> 4;
      case UINT32, INT32, FLOAT32 -> 5;
      case FIXEXT4 -> 6;
      case UINT64, INT64, FLOAT64 -> 9;
      case FIXEXT8 -> 10;
      case FIXEXT16 -> 18;
      case FIXSTR -> 1 + code() - Code.FIXSTR_PREFIX;
      case STR8, BIN8 -> coded(1);
      case STR16, BIN16 -> coded(2);
      case STR32, BIN32 -> coded(4);
      case EXT8 -> 1 + coded(1);
      case EXT16 -> 1 + coded(2);
      case EXT32 -> 1 + coded(4);
      case FIXARRAY, ARRAY16, ARRAY32, FIXMAP, MAP16, MAP32, NEVER_USED -> throw unexpected();
    };
  }

  /** Goes one level deeper. */
  void enter() {
    if (depth == MAX_DEPTH) {
      throw MessagePackException.invalid("Values are nested deeper than " + MAX_DEPTH + " levels.");
    }
    depth++;
  }

  void leave() {
    depth--;
  }
}
