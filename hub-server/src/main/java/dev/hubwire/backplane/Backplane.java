package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;

/**
 * How messages and group changes of one hub reach the connections they are for, on whichever server
 * those are. Safe for use by any thread. Calls of one thread take effect in order.
 */
public interface Backplane {
  /**
   * Sends a message to whomever the address means.
   *
   * @throws dev.hubwire.protocol.SerializationException if the message cannot be written; nobody
   *     receives it then
   */
  void publish(Address address, HubMessage.Invocation message);

  /** Adds a connection, here or elsewhere, to a group. */
  void addToGroup(String connectionId, String groupName);

  /** Removes a connection, here or elsewhere, from a group. */
  void removeFromGroup(String connectionId, String groupName);
}
