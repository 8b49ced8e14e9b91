package dev.hubwire.protocol.messagepack;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack.Code;

/** A codec of two functions. */
record SimpleCodec<T>(
    Function<MessagePackReader, T> reader, BiConsumer<MessagePackWriter, T> writer)
    implements ValueCodec<T> {

  /** A codec for values that go through another form. */
  static <T, F> SimpleCodec<T> via(
      SimpleCodec<F> form, Function<? super F, T> read, Function<? super T, F> write) {
    return new SimpleCodec<>(
        in -> read.apply(form.read(in)), (out, value) -> form.write(write.apply(value), out));
  }

  /**
   * The same for the primitive type, which has no null.
   *
   * @param zero its default value
   */
  ValueCodec<T> primitive(T zero) {
    return new Primitive<>(this, zero);
  }

  @Override
  public T read(MessagePackReader in) {
    return reader.apply(in);
  }

  @Override
  public void write(T value, MessagePackWriter out) {
    writer.accept(out, value);
  }

  private record Primitive<T>(SimpleCodec<T> boxed, T zero) implements ValueCodec<T> {
    @Override
    public T read(MessagePackReader in) {
      return boxed.read(in);
    }

    @Override
    public void write(T value, MessagePackWriter out) {
      boxed.write(value, out);
    }

    @Override
    public @Nullable T nil() {
      throw MessagePackException.unexpected(Code.NIL);
    }

    @Override
    public @Nullable T absent() {
      return zero;
    }
  }
}
