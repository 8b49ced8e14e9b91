package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;

/**
 * The connections of one hub on this server, as a backplane sees them. Safe for use by any thread.
 * Calls of one thread take effect in order, and a group change takes effect before every message
 * that any thread delivers after the call returned.
 */
public interface LocalDelivery {
  /** Whether this connection is here, so that a message for it need not travel. */
  boolean holds(String connectionId);

  /**
   * Sends a message to those whom the address means and who are connected here. May wait, unless
   * called on a lane, while a receiver is congested.
   *
   * @throws dev.hubwire.protocol.SerializationException if the message cannot be written; nobody
   *     receives it then
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits;
   *     nobody receives it then
   */
  void deliver(Address address, HubMessage.Invocation message);

  /**
   * Adds a connection to a group, if it is here.
   *
   * @return whether it is
   */
  boolean addToGroup(String connectionId, String groupName);

  /**
   * Removes a connection from a group, if it is here.
   *
   * @return whether it is; also true if it was no member
   */
  boolean removeFromGroup(String connectionId, String groupName);
}
