package dev.hubwire.protocol;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a protocol, while it reads a message, which Java types the values in it are meant for. Lane
 * thread only.
 */
public interface InvocationBinder {
  /** The method a call is meant for, or null if there is none. Names are compared ignoring case. */
  @Nullable Target target(String name);

  /** The type somebody waits for as result of this call to the client, or null if nobody does. */
  @Nullable Type resultType(String invocationId);

  /** The type of the items of an upload, or null if no such upload is open. */
  @Nullable Type streamItemType(String streamId);

  /**
   * A method that can be called.
   *
   * @param name the declared name, which error texts show
   * @param parameterTypes the types of the arguments on the wire, in order
   */
  record Target(String name, List<Type> parameterTypes) {
    public Target {
      parameterTypes = List.copyOf(parameterTypes);
    }
  }
}
