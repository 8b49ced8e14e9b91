package dev.hubwire.hub;

import java.util.Collection;

/**
 * Whom messages can be sent to. A method called on what is returned sends one message to each of
 * the addressed clients; it returns when the message is handed over, and waits before that while a
 * receiver is congested and its policy is to wait; an interrupt ends the wait with a {@link
 * java.util.concurrent.CancellationException}, and nothing was sent. Addressing nobody is not an
 * error. A method with a result asks, and only one client can be asked by it. Safe for use by any
 * thread.
 *
 * @param <C> the client's methods as an interface, or {@link ClientProxy}
 */
public interface HubClients<C> {
  /** Every connection of this hub. */
  C all();

  /** Every connection but these. */
  C allExcept(Collection<String> excludedConnectionIds);

  /** One connection. */
  C client(String connectionId);

  /** Some connections; one that is named twice receives once. */
  C clients(Collection<String> connectionIds);

  /** The members of a group. */
  C group(String groupName);

  /** The members of a group but these. */
  C groupExcept(String groupName, Collection<String> excludedConnectionIds);

  /**
   * The members of some groups; a member of several receives once for each. An empty name is found
   * out when something is sent: the groups before it receive, then the call fails.
   */
  C groups(Collection<String> groupNames);

  /** Every connection of a user. */
  C user(String userId);

  /** Every connection of some users; each receives once. */
  C users(Collection<String> userIds);

  /** The same, called by name: for what an interface of clients' methods cannot say. */
  HubClients<ClientProxy> byName();
}
