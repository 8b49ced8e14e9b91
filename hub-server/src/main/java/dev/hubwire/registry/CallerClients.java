package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubCallerClients;
import java.util.Set;
import java.util.function.Function;

/** Clients by address, and relative to one connection. Immutable. */
final class CallerClients<C> extends AddressedClients<C> implements HubCallerClients<C> {
  private final String caller;
  private final Set<String> callerOnly;

  CallerClients(
      Function<Destination, C> targets,
      Function<Destination, ClientProxy> byName,
      String callerConnectionId) {
    super(targets, byName);
    this.caller = callerConnectionId;
    this.callerOnly = Set.of(callerConnectionId);
  }

  @Override
  public HubCallerClients<ClientProxy> byName() {
    return new CallerClients<>(targetsByName(), targetsByName(), caller);
  }

  @Override
  public C caller() {
    return to(Destination.one(caller));
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
