package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind an application's client interface, for one address. Clients of one address are
 * equal.
 */
record TypedClient(ClientInterface<?> clientInterface, MessageSender sender, Address address)
    implements InvocationHandler {
  private static final Object[] NO_ARGUMENTS = {};

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    @Nullable Object[] values = arguments == null ? NO_ARGUMENTS : arguments;
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(method, values);
    }
    return switch (clientInterface.method(method)) {
      case ClientMethod.Send(String wireName) -> {
        sender.send(address, wireName, values);
        yield null;
      }
      case ClientMethod.Local(Method local) ->
          InvocationHandler.invokeDefault(proxy, local, values);
    };
  }

  private Object ofObject(Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> isBehind(arguments[0]);
      case "hashCode" -> hashCode();
      default -> clientInterface.type().getSimpleName() + " to " + address;
    };
  }

  private boolean isBehind(@Nullable Object other) {
    return other != null
        && Proxy.isProxyClass(other.getClass())
        && Proxy.getInvocationHandler(other).equals(this);
  }
}
