package dev.hubwire.registry;

import dev.hubwire.backplane.Backplane;
import dev.hubwire.hub.GroupManager;
import dev.hubwire.hub.HubCallerClients;
import dev.hubwire.hub.HubClients;
import dev.hubwire.hub.HubContext;

/** A hub's clients and groups over its backplane. Thread-safe. */
public final class BackplaneHubContext<C> implements HubContext<C> {
  private final AddressedClients<C> clients;
  private final GroupManager groups;

  public BackplaneHubContext(ClientInterface<C> clientInterface, Backplane backplane) {
    this.clients = new AddressedClients<>(clientInterface.over(new MessageSender(backplane)));
    this.groups = new BackplaneGroups(backplane);
  }

  @Override
  public HubClients<C> clients() {
    return clients;
  }

  @Override
  public GroupManager groups() {
    return groups;
  }

  /** What the calls of one connection send with; one serves the connection for life. */
  public HubCallerClients<C> clientsFor(String callerConnectionId) {
    return new CallerClients<>(clients, callerConnectionId);
  }
}
