package dev.hubwire.conformance;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubMethod;

/** What both hubs have. */
public abstract class NodeHub extends Hub<ClientProxy> {
  private final Node node;

  NodeHub(Node node) {
    this.node = node;
  }

  @HubMethod("WhoAmI")
  public final Identity whoAmI() {
    return new Identity(
        context().connectionId(),
        context().userIdentifier(),
        context().transport().wireName(),
        node.name());
  }

  final Node node() {
    return node;
  }
}
