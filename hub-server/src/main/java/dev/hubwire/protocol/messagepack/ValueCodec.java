package dev.hubwire.protocol.messagepack;

import org.jspecify.annotations.Nullable;

/** Reads and writes the values of one Java type. Thread-safe. */
interface ValueCodec<T> {
  /**
   * Reads a value that is not nil.
   *
   * @throws RuntimeException of any kind if the bytes are not such a value
   */
  T read(MessagePackReader in);

  /**
   * @throws RuntimeException of any kind if the value cannot be written
   */
  void write(T value, MessagePackWriter out);

  /**
   * Whether a value that is declared as this codec's type is written by it. Others are written by
   * what they are.
   */
  default boolean writes(Object value) {
    return false;
  }

  /**
   * What nil is read as.
   *
   * @throws RuntimeException if it is no value of this type
   */
  default @Nullable T nil() {
    return null;
  }

  /** What a member of this type has that did not come. */
  default @Nullable T absent() {
    return null;
  }

  /** Reads a value, nil included. */
  default @Nullable T readOrNil(MessagePackReader in) {
    return in.tryReadNil() ? nil() : read(in);
  }
}
