package dev.hubwire.protocol.messagepack;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The codec for a part of a value, looked up when it is needed first: a type may have parts of its
 * own type. Thread-safe.
 */
final class LazyCodec {
  private final Supplier<ValueCodec<?>> lookUp;

  /** Set by whoever comes first; for the others it makes no difference, as a codec is immutable. */
  private @Nullable ValueCodec<?> codec;

  LazyCodec(Supplier<ValueCodec<?>> lookUp) {
    this.lookUp = lookUp;
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
}
