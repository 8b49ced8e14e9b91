package dev.hubwire.hub;

/**
 * Whom a hub's method can send to: as {@link HubClients}, and relative to the caller.
 *
 * @param <C> the client's methods as an interface, or {@link ClientProxy}
 */
public interface HubCallerClients<C> extends HubClients<C> {
  /** The connection that calls. */
  C caller();

  /** Every connection but the caller's. */
  C others();

  /** The members of a group but the caller. */
  C othersInGroup(String groupName);

  @Override
  HubCallerClients<ClientProxy> byName();
}
