package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.ClientProxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Clients called by name, for one address. */
record AddressedProxy(MessageSender sender, Address address) implements ClientProxy {

  @Override
  public void send(String method, @Nullable Object... arguments) {
    Objects.requireNonNull(method, "method: null (expected: the name of a client's method)");
    Objects.requireNonNull(arguments, "arguments: null (expected: none, or one or more values)");
    sender.send(address, method, arguments);
  }

  @Override
  public String toString() {
    return "ClientProxy to " + address;
  }
}
