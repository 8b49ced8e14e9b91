package dev.hubwire.protocol.messagepack;

import dev.hubwire.protocol.InvocationBinder;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A hub with one method, one upload and one client result that is waited for.
 *
 * @param method the only method
 * @param streamItem type of the items of any stream, or null if none is open
 * @param result type of any result, or null if none is waited for
 */
record TestBinder(Target method, @Nullable Type streamItem, @Nullable Type result)
    implements InvocationBinder {

  static TestBinder of(Target method) {
    return new TestBinder(method, null, null);
  }

  @Override
  public @Nullable Target target(String name) {
    return name.equalsIgnoreCase(method.name()) ? method : null;
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    return result;
  }

  @Override
  public @Nullable Type streamItemType(String streamId) {
    return streamItem;
  }
}
