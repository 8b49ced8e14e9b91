package dev.hubwire.protocol.messagepack;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;

/**
 * Values of a type that says little, by what their bytes are.
 *
 * @param type what the value has to be in the end, such as {@code Object} or {@code Number}
 * @param nested whether it may be a list or a map. Not where it is a key: hash codes of lists and
 *     maps are easily made equal on purpose, and nothing helps against many keys with the same one.
 */
record UntypedCodec(Class<?> type, boolean nested) implements ValueCodec<Object> {
  private static final UntypedCodec ANY = new UntypedCodec(Object.class, true);

  private static final UntypedCodec KEY = new UntypedCodec(Object.class, false);

  UntypedCodec(Class<?> type) {
    this(type, true);
  }

  @Override
  public Object read(MessagePackReader in) {
    MessageFormat format = in.format();
    Object value =
        switch (format.getValueType()) {
          case BOOLEAN -> in.readBoolean();
          case INTEGER -> integer(in, format);
          case FLOAT -> floating(in, format);
          case STRING -> in.readString();
          case BINARY -> in.readBinary();
          case ARRAY -> list(in);
          case MAP -> map(in);
          case EXTENSION -> in.readTimestamp();
          case NIL -> throw in.unexpected();
        };
    if (!type.isInstance(value)) {
      throw MessagePackException.invalid("A value is no " + type.getSimpleName() + ".");
    }
    return value;
  }

  private static Number integer(MessagePackReader in, MessageFormat format) {
    if (format == MessageFormat.UINT64) {
      BigInteger value = in.readBigInteger();
      return value.bitLength() < Long.SIZE ? narrowed(value.longValue()) : value;
    }
    return narrowed(in.readLong());
  }

  private static Number narrowed(long value) {
    if (value == (int) value) {
      return (int) value;
    }
    return value;
  }

  private static Number floating(MessagePackReader in, MessageFormat format) {
    double value = in.readDouble();
    if (format == MessageFormat.FLOAT32) {
      return (float) value;
    }
    return value;
  }

  // Lists and maps are read here, not by their codecs: the fewer calls there are on a level, the
  // less stack the deepest value takes.

  private List<@Nullable Object> list(MessagePackReader in) {
    enter(in);
    List<@Nullable Object> values = new ArrayList<>();
    for (int left = in.readArrayHeader(); left > 0; left--) {
      values.add(ANY.readOrNil(in));
    }
    in.leave();
    return values;
  }

  private Map<Object, @Nullable Object> map(MessagePackReader in) {
    enter(in);
    Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
    for (int left = in.readMapHeader(); left > 0; left--) {
      MapCodec.put(entries, KEY.readOrNil(in), ANY.readOrNil(in));
    }
    in.leave();
    return entries;
  }

  private void enter(MessagePackReader in) {
    if (!nested) {
      throw in.unexpected();
    }
    in.enter();
  }

  /** What is only known as one of these is some class of its own. */
  @Override
  public void write(Object value, MessagePackWriter out) {
    throw ValueCodecs.unsupported(value.getClass());
  }
}
