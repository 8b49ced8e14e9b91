package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.HubCallerClients;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clients by address, and relative to one connection: one of these serves all of its calls. */
final class CallerClients<C> extends AddressedClients<C> implements HubCallerClients<C> {
  private final Set<String> callerOnly;

  /** Made when first asked for. Any thread; two that race make it twice, which does no harm. */
  private volatile @Nullable C caller;

  CallerClients(AddressedClients<C> clients, String callerConnectionId) {
    super(clients);
    this.callerOnly = Set.of(callerConnectionId);
  }

  @Override
  public C caller() {
    C made = caller;
    if (made == null) {
      made = to(new Address.Connections(callerOnly));
      caller = made;
    }
    return made;
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
