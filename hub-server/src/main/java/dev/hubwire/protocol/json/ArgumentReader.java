package dev.hubwire.protocol.json;

import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.InvocationBinder.Target;
import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.protocol.text.Token;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds an array of arguments to a method. Values are read from left to right while there are
 * parameters, and only then counted, so the first value of the wrong type decides ({@code
 * docs/protocol/hub-protocol.md} §4.4).
 */
final class ArgumentReader {
  private ArgumentReader() {}

  /**
   * Reads from the start of the array, where the scanner is, to its end.
   *
   * @throws BindingException if the arguments do not fit; the scanner is somewhere in the array
   */
  static List<? extends @Nullable Object> read(
      JsonScanner scanner, Target target, PayloadReader values) {
    List<Type> types = target.parameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.size()];
    int depth = scanner.depth();
    int count = 0;
    while (scanner.next() != Token.ARRAY_END) {
      if (count < arguments.length) {
        arguments[count] = readOne(scanner, types.get(count), values);
      }
      scanner.skipTo(depth);
      count++;
    }
    if (count != arguments.length) {
      throw BindingException.invalidData(
          "Invocation provides "
              + count
              + " argument(s) but target expects "
              + arguments.length
              + ".");
    }
    return Arrays.asList(arguments);
  }

  // Whatever code of the application or its mapper throws, only this call fails.
  private static @Nullable Object readOne(JsonScanner scanner, Type type, PayloadReader values) {
    try {
      return values.read(scanner, type);
    } catch (RuntimeException e) {
      throw BindingException.invalidData(
          "Error binding arguments. Make sure that the types of the provided values match the"
              + " types of the hub method being invoked.");
    }
  }
}
