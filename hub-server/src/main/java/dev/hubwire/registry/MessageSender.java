package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.ClientCall;
import dev.hubwire.hub.ClientAnswers;
import dev.hubwire.hub.ClientResult;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.SerializationException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Turns calls of clients' methods into messages of the backplane. Senders over one backplane are
 * equal. Thread-safe.
 */
final class MessageSender {
  private final Backplane backplane;
  private final ClientCalls calls;
  private final Runnable beforeAsking;

  MessageSender(Backplane backplane, Waiting waiting) {
    this(backplane, new ClientCalls(backplane, waiting), () -> {});
  }

  private MessageSender(Backplane backplane, ClientCalls calls, Runnable beforeAsking) {
    this.backplane = backplane;
    this.calls = calls;
    this.beforeAsking = beforeAsking;
  }

  /**
   * @param beforeAsking run before a client is asked; whatever it throws goes to the caller
   */
  MessageSender asking(Runnable beforeAsking) {
    return new MessageSender(backplane, calls, beforeAsking);
  }

  /** As {@link dev.hubwire.hub.ClientProxy#invoke}. */
  <R> CompletableFuture<R> invoke(
      Destination to, String method, ClientResult<R> result, @Nullable Object[] arguments) {
    String connectionId = to.single();
    beforeAsking.run();
    return calls.invoke(connectionId, call(method, result, arguments), result);
  }

  /** As {@link dev.hubwire.hub.ClientProxy#invokeAndWait}. */
  <R> R invokeAndWait(
      Destination to, String method, ClientResult<R> result, @Nullable Object[] arguments) {
    String connectionId = to.single();
    beforeAsking.run();
    return calls.invokeAndWait(connectionId, call(method, result, arguments), result);
  }

  /** As {@link dev.hubwire.hub.ClientProxy#gather}. */
  <R> ClientAnswers<R> gather(
      Destination to, String method, ClientResult<R> result, @Nullable Object[] arguments) {
    beforeAsking.run();
    return calls.gather(to.address(), call(method, result, arguments), result);
  }

  private static ClientCall call(
      String method, ClientResult<?> result, @Nullable Object[] arguments) {
    return new ClientCall(method, list(arguments), result.type());
  }

  private static List<? extends @Nullable Object> list(@Nullable Object[] arguments) {
    return Collections.unmodifiableList(Arrays.asList(arguments));
  }

  /**
   * @param arguments written before this returns, and not kept
   * @throws IllegalArgumentException if an argument cannot be written, or a list of groups has an
   *     empty name: then the groups before it receive, those behind it do not ({@code
   *     docs/protocol/hub-semantics.md} §22)
   */
  void send(Address address, String method, @Nullable Object[] arguments) {
    HubMessage.Invocation message = HubMessage.Invocation.send(method, list(arguments));
    if (address instanceof Address.Groups(List<String> names) && names.contains("")) {
      publish(new Address.Groups(names.subList(0, names.indexOf(""))), message);
      throw new IllegalArgumentException("Cannot send to an empty group name.");
    }
    publish(address, message);
  }

  private void publish(Address address, HubMessage.Invocation message) {
    try {
      backplane.publish(address, message);
    } catch (SerializationException e) {
      throw unwritable(message.target(), e);
    }
  }

  static IllegalArgumentException unwritable(String target, SerializationException cause) {
    return new IllegalArgumentException(
        "an argument of '" + target + "' cannot be written: " + cause.getMessage(), cause);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageSender sender && sender.backplane.equals(backplane);
  }

  @Override
  public int hashCode() {
    return backplane.hashCode();
  }
}
