package dev.hubwire.reconnect;

import dev.hubwire.protocol.InvocationBinder;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Lets a message be read that was here before and goes nowhere. What it belonged to may be gone: an
 * item of an upload that has ended must not count as a fault of the client.
 */
enum RepeatedMessages implements InvocationBinder {
  BINDER;

  @Override
  public @Nullable Target target(String name) {
    return null;
  }

  @Override
  public Type resultType(String invocationId) {
    return Object.class;
  }

  @Override
  public Type streamItemType(String streamId) {
    return Object.class;
  }
}
