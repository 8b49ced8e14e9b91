package dev.hubwire.protocol.messagepack;

import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.InvocationBinder.Target;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds an array of arguments to a method. They are counted first, before any of them is read: the
 * opposite of JSON ({@code docs/protocol/hub-protocol.md} §5.3).
 */
final class ArgumentReader {
  private ArgumentReader() {}

  /**
   * @throws BindingException if the arguments do not fit
   */
  static List<? extends @Nullable Object> read(
      MessagePackReader in, Target target, ValueCodecs values) {
    List<Type> types = target.parameterTypes();
    int count = count(in);
    if (count != types.size()) {
      throw BindingException.invalidData(
          "Invocation provides " + count + " argument(s) but target expects " + types.size() + ".");
    }
    @Nullable Object[] arguments = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      arguments[i] = readOne(in, types.get(i), values);
    }
    return Arrays.asList(arguments);
  }

  private static int count(MessagePackReader in) {
    try {
      return in.readArrayHeader();
    } catch (MessagePackException e) {
      throw BindingException.invalidData("Reading array length for 'arguments' failed.");
    }
  }

  // Whatever code of the application throws, only this call fails.
  private static @Nullable Object readOne(MessagePackReader in, Type type, ValueCodecs values) {
    try {
      return values.read(in, type);
    } catch (RuntimeException e) {
      throw BindingException.invalidData(
          "Error binding arguments. Make sure that the types of the provided values match the"
              + " types of the hub method being invoked.");
    }
  }
}
