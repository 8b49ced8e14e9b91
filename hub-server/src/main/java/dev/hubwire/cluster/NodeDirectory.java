package dev.hubwire.cluster;

import dev.hubwire.negotiation.token.NodeName;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes of a cluster reach each other. Thread-safe. It is asked on IO threads for every
 * request that came to the wrong node, so it answers from memory and never waits.
 */
@FunctionalInterface
public interface NodeDirectory {
  /**
   * The address of a node's HTTP server as other nodes see it: {@code http} or {@code https}, host
   * and port, and no path. Null for a node that is not known, or not any more.
   */
  @Nullable URI find(NodeName node);

  /**
   * Nodes that never change.
   *
   * @param nodes addresses by name; copied
   * @throws IllegalArgumentException if a name or an address cannot be one
   */
  static NodeDirectory of(Map<String, URI> nodes) {
    Map<NodeName, URI> checked = new HashMap<>();
    nodes.forEach((name, address) -> checked.put(new NodeName(name), NodeAddress.check(address)));
    return checked::get;
  }
}
