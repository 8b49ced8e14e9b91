package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.hub.GroupManager;
import dev.hubwire.hub.HubCallerClients;
import dev.hubwire.hub.HubClients;
import dev.hubwire.hub.HubContext;
import java.util.function.Function;

/** A hub's clients and groups over its backplane. Thread-safe. */
public final class BackplaneHubContext<C> implements HubContext<C> {
  private final Function<Address, C> targets;
  private final Backplane backplane;
  private final HubClients<C> clients;
  private final GroupManager groups;

  public BackplaneHubContext(ClientInterface<C> clientInterface, Backplane backplane) {
    this.backplane = backplane;
    this.targets = clientInterface.over(new MessageSender(backplane));
    this.clients = new AddressedClients<>(targets);
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

  /** How the hub reaches the connections of every server. */
  public Backplane backplane() {
    return backplane;
  }

  /** What the calls of one connection send with; one may serve them all. */
  public HubCallerClients<C> clientsFor(String callerConnectionId) {
    return new CallerClients<>(targets, callerConnectionId);
  }
}
