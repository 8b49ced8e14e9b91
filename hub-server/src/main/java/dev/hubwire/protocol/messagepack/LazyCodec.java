package dev.hubwire.protocol.messagepack;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The codec for a part of a value, looked up when it is needed first: a type may have parts of its
 * own type. Thread-safe.
 */
final class LazyCodec {
  private final Supplier<ValueCodec<?>> lookUp;
  private final boolean saysMore;

  /** Set by whoever comes first; for the others it makes no difference, as a codec is immutable. */
  private @Nullable ValueCodec<?> codec;

  /**
   * @param saysMore whether the declared type may say more about how a part is written than the
   *     part's class does
   */
  LazyCodec(Supplier<ValueCodec<?>> lookUp, boolean saysMore) {
    this.lookUp = lookUp;
    this.saysMore = saysMore;
  }

  ValueCodec<?> get() {
    ValueCodec<?> found = codec;
    if (found == null) {
      found = lookUp.get();
      codec = found;
    }
    return found;
  }

  /** Reads a part, nil included. */
  @Nullable Object read(MessagePackReader in) {
    return get().readOrNil(in);
  }

  /** Writes a part, null included. */
  void write(@Nullable Object value, MessagePackWriter out) {
    if (saysMore && value != null && get().writes(value)) {
      writeAsDeclared(value, out);
    } else {
      out.writeValue(value);
    }
  }

  /** Writes a part that the codec {@linkplain ValueCodec#writes writes}. */
  void writeAsDeclared(Object value, MessagePackWriter out) {
    ValueCodecs.write(get(), value, out);
  }
}
