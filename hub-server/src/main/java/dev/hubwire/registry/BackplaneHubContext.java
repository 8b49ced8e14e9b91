package dev.hubwire.registry;

import dev.hubwire.backplane.Backplane;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.GroupManager;
import dev.hubwire.hub.HubCallerClients;
import dev.hubwire.hub.HubClients;
import dev.hubwire.hub.HubContext;

/** A hub's clients and groups over its backplane. Thread-safe. */
public final class BackplaneHubContext<C> implements HubContext<C> {
  private static final ClientInterface<ClientProxy> BY_NAME = ClientInterface.of(ClientProxy.class);

  private final ClientInterface<C> clientInterface;
  private final Backplane backplane;
  private final MessageSender sender;
  private final HubClients<C> clients;
  private final GroupManager groups;

  public BackplaneHubContext(
      ClientInterface<C> clientInterface, Backplane backplane, Waiting waiting) {
    this.clientInterface = clientInterface;
    this.backplane = backplane;
    this.sender = new MessageSender(backplane, waiting);
    this.clients = new AddressedClients<>(clientInterface.over(sender), BY_NAME.over(sender));
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

  /**
   * What one call of a connection sends with.
   *
   * @param beforeAsking run before a client is asked; whatever it throws goes to the caller
   */
  public HubCallerClients<C> clientsFor(String callerConnectionId, Runnable beforeAsking) {
    MessageSender asking = sender.asking(beforeAsking);
    return new CallerClients<>(
        clientInterface.over(asking), BY_NAME.over(asking), callerConnectionId);
  }
}
