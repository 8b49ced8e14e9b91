package dev.hubwire.protocol.json;

import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;

/**
 * What all records of a protocol are read with. Thread-safe.
 *
 * @param names the names of targets and members met before
 * @param values makes Java values
 * @param detailedErrors whether a client result that does not fit says why
 */
record ReadContext(NameCache names, PayloadReader values, boolean detailedErrors) {

  /** What the one who waits for a client's result is told if the result does not fit. */
  String resultFailure(Type type, RuntimeException cause) {
    String text = "Error trying to deserialize result";
    if (!detailedErrors) {
      return text + ".";
    }
    String name = type instanceof Class<?> c ? c.getSimpleName() : type.getTypeName();
    return text + " to " + name + ". " + reason(cause);
  }

  /** What an exception says, without where in Jackson's input it was. */
  static String reason(RuntimeException cause) {
    String message =
        cause instanceof JacksonException failure
            ? failure.getOriginalMessage()
            : cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
