package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.SerializationException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns calls of clients' methods into messages of the backplane. Thread-safe. */
final class MessageSender {
  private final Backplane backplane;

  MessageSender(Backplane backplane) {
    this.backplane = backplane;
  }

  /**
   * @param arguments written before this returns, and not kept
   * @throws IllegalArgumentException if an argument cannot be written, or a list of groups has an
   *     empty name: then the groups before it receive, those behind it do not ({@code
   *     docs/protocol/hub-semantics.md} §22)
   */
  void send(Address address, String method, @Nullable Object[] arguments) {
    HubMessage.Invocation message =
        HubMessage.Invocation.send(method, Collections.unmodifiableList(Arrays.asList(arguments)));
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
      throw new IllegalArgumentException(
          "an argument of '" + message.target() + "' cannot be written: " + e.getMessage(), e);
    }
  }
}
