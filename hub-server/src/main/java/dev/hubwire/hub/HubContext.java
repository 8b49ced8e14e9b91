package dev.hubwire.hub;

/**
 * A hub's clients and groups, for code outside any hub. Safe for use by any thread, for as long as
 * the server runs.
 *
 * @param <C> the client's methods as an interface, or {@link ClientProxy}
 */
public interface HubContext<C> {
  HubClients<C> clients();

  GroupManager groups();
}
