package dev.hubwire.registry;

import dev.hubwire.backplane.Backplane;
import dev.hubwire.hub.GroupManager;

/** Groups, wherever their members are. Thread-safe. */
final class BackplaneGroups implements GroupManager {
  private final Backplane backplane;

  BackplaneGroups(Backplane backplane) {
    this.backplane = backplane;
  }

  @Override
  public void add(String connectionId, String groupName) {
    backplane.addToGroup(
        AddressedClients.one(connectionId, "connectionId"),
        AddressedClients.one(groupName, "groupName"));
  }

  @Override
  public void remove(String connectionId, String groupName) {
    backplane.removeFromGroup(
        AddressedClients.one(connectionId, "connectionId"),
        AddressedClients.one(groupName, "groupName"));
  }
}
