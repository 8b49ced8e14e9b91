package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;

/** The backplane of a server that is alone: every connection is here, or nowhere. */
public final class LocalBackplane implements Backplane {
  private final LocalDelivery local;

  public LocalBackplane(LocalDelivery local) {
    this.local = local;
  }

  @Override
  public void publish(Address address, HubMessage.Invocation message) {
    local.deliver(address, message);
  }

  @Override
  public void addToGroup(String connectionId, String groupName) {
    // A connection that is not here does not exist, which is no error.
    boolean unused = local.addToGroup(connectionId, groupName);
  }

  @Override
  public void removeFromGroup(String connectionId, String groupName) {
    boolean unused = local.removeFromGroup(connectionId, groupName);
  }
}
