package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.HubCallerClients;
import java.util.Set;
import java.util.function.Function;

/** Clients by address, and relative to one connection. Immutable. */
final class CallerClients<C> extends AddressedClients<C> implements HubCallerClients<C> {
  private final Set<String> callerOnly;

  CallerClients(Function<Address, C> targets, String callerConnectionId) {
    super(targets);
    this.callerOnly = Set.of(callerConnectionId);
  }

  @Override
  public C caller() {
    return to(new Address.Connections(callerOnly));
  }

  @Override
  public C others() {
    return to(new Address.All(callerOnly));
  }

  @Override
  public C othersInGroup(String groupName) {
    return to(new Address.Group(one(groupName, "groupName"), callerOnly));
  }
}
