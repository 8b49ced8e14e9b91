package dev.hubwire.registry;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientResult;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind an application's client interface, for one destination. Clients of one
 * destination are equal.
 */
record TypedClient(ClientInterface<?> clientInterface, MessageSender sender, Destination to)
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
        sender.send(to.address(), wireName, values);
        yield null;
      }
      case ClientMethod.Ask ask -> ask(ask, values);
      case ClientMethod.Local(Method local) ->
          InvocationHandler.invokeDefault(proxy, local, values);
    };
  }

  private @Nullable Object ask(ClientMethod.Ask ask, @Nullable Object[] values) {
    ClientResult<Object> result = ClientResult.ofType(ask.resultType());
    @Nullable Object[] sent = values;
    if (ask.cancellable()) {
      sent = Arrays.copyOf(values, values.length - 1);
      if (values[sent.length] instanceof Cancellation cancellation) {
        result = result.until(cancellation);
      }
    }
    return ask.deferred()
        ? sender.invoke(to, ask.wireName(), result, sent)
        : sender.invokeAndWait(to, ask.wireName(), result, sent);
  }

  private Object ofObject(Method method, @Nullable Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> isBehind(arguments[0]);
      case "hashCode" -> hashCode();
      default -> clientInterface.type().getSimpleName() + " to " + to.address();
    };
  }

  private boolean isBehind(@Nullable Object other) {
    return other != null
        && Proxy.isProxyClass(other.getClass())
        && Proxy.getInvocationHandler(other).equals(this);
  }
}
