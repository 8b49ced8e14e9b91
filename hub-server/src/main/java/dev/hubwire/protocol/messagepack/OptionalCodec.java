package dev.hubwire.protocol.messagepack;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value or nil, without null in Java.
 *
 * @param empty what nil is, and what is there if nothing came
 */
record OptionalCodec<T>(
    T empty, Function<MessagePackReader, T> reader, BiConsumer<MessagePackWriter, T> writer)
    implements ValueCodec<T> {

  static void addTo(Map<? super Class<?>, ValueCodec<?>> codecs) {
    codecs.put(
        OptionalInt.class,
        new OptionalCodec<>(
            OptionalInt.empty(),
            in -> OptionalInt.of(in.readInt()),
            (out, value) -> out.writeLong(value.getAsInt())));
    codecs.put(
        OptionalLong.class,
        new OptionalCodec<>(
            OptionalLong.empty(),
            in -> OptionalLong.of(in.readLong()),
            (out, value) -> out.writeLong(value.getAsLong())));
    codecs.put(
        OptionalDouble.class,
        new OptionalCodec<>(
            OptionalDouble.empty(),
            in -> OptionalDouble.of(in.readDouble()),
            (out, value) -> out.writeDouble(value.getAsDouble())));
  }

  static OptionalCodec<Optional<Object>> of(LazyCodec content) {
    return new OptionalCodec<>(
        Optional.empty(),
        in -> Optional.ofNullable(content.read(in)),
        (out, value) -> content.write(value.orElse(null), out));
  }

  @Override
  public T read(MessagePackReader in) {
    return reader.apply(in);
  }

  @Override
  public boolean writes(Object value) {
    return empty.getClass().isInstance(value);
  }

  @Override
  public void write(T value, MessagePackWriter out) {
    if (value.equals(empty)) {
      out.writeNil();
    } else {
      writer.accept(out, value);
    }
  }

  @Override
  public @Nullable T nil() {
    return empty;
  }

  @Override
  public @Nullable T absent() {
    return empty;
  }
}
