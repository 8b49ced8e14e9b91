package dev.hubwire.protocol.messagepack;

import java.lang.reflect.Type;

/**
 * What all records of a protocol are read with. Thread-safe.
 *
 * @param values makes Java values
 * @param detailedErrors whether a client result that does not fit says why
 */
record ReadContext(ValueCodecs values, boolean detailedErrors) {

  /** What the one who waits for a client's result is told if the result does not fit. */
  String resultFailure(Type type) {
    String text = "Error trying to deserialize result";
    return detailedErrors
        ? text + " to " + name(type) + ". " + valueFailure(type, "argument")
        : text + ".";
  }

  /** Says that a value does not fit, in the reference's words but for the name of the type. */
  static String valueFailure(Type type, String field) {
    return "Deserializing object of the `" + name(type) + "` type for '" + field + "' failed.";
  }

  private static String name(Type type) {
    return type instanceof Class<?> c ? c.getSimpleName() : type.getTypeName();
  }
}
