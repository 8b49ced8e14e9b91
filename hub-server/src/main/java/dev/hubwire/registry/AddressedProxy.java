package dev.hubwire.registry;

import dev.hubwire.hub.ClientAnswers;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.ClientResult;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Clients called by name, for one destination. */
record AddressedProxy(MessageSender sender, Destination to) implements ClientProxy {

  @Override
  public void send(String method, @Nullable Object... arguments) {
    require(method, arguments);
    sender.send(to.address(), method, arguments);
  }

  @Override
  public <R> CompletableFuture<R> invoke(
      String method, ClientResult<R> result, @Nullable Object... arguments) {
    require(method, arguments);
    return sender.invoke(to, method, result, arguments);
  }

  @Override
  public <R> R invokeAndWait(String method, ClientResult<R> result, @Nullable Object... arguments) {
    require(method, arguments);
    return sender.invokeAndWait(to, method, result, arguments);
  }

  @Override
  public <R> ClientAnswers<R> gather(
      String method, ClientResult<R> result, @Nullable Object... arguments) {
    require(method, arguments);
    return sender.gather(to, method, result, arguments);
  }

  private static void require(String method, @Nullable Object[] arguments) {
    Objects.requireNonNull(method, "method: null (expected: the name of a client's method)");
    Objects.requireNonNull(arguments, "arguments: null (expected: none, or one or more values)");
  }

  @Override
  public String toString() {
    return "ClientProxy to " + to.address();
  }
}
