package dev.hubwire.hub;

/**
 * Who belongs to which group of a hub. Groups come into being with their first member and are
 * compared exactly. Safe for use by any thread; a change is seen by every message sent after the
 * call returned.
 */
public interface GroupManager {
  /** Adds a connection to a group. Does nothing if it is a member or does not exist. */
  void add(String connectionId, String groupName);

  /** Removes a connection from a group. Does nothing if it is not a member. */
  void remove(String connectionId, String groupName);
}
