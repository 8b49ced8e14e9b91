package dev.hubwire.backplane.redis;

import dev.hubwire.negotiation.token.NodeName;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of which a store has told, and for how long it has not told of them any more. A store
 * that comes back empty does not make them forgotten: they get the time to announce themselves
 * again. Read by any thread, written by one at a time.
 */
final class KnownNodes {
  private final Duration memory;

  /** Replaced with every change. */
  private volatile Map<NodeName, URI> addresses = Map.of();

  /** When a node was missed first, in nanoseconds. Writers only. */
  private final Map<NodeName, Long> missedSince = new HashMap<>();

  /**
   * @param memory how long a node is remembered that the store does not have any more
   */
  KnownNodes(Duration memory) {
    this.memory = memory;
  }

  @Nullable URI find(NodeName node) {
    return addresses.get(node);
  }

  /** The store has answered. */
  void seen(Map<NodeName, URI> now, long nanos) {
    Map<NodeName, URI> next = new HashMap<>(addresses);
    next.putAll(now);
    missedSince.keySet().removeAll(now.keySet());
    Iterator<NodeName> known = next.keySet().iterator();
    while (known.hasNext()) {
      NodeName node = known.next();
      if (!now.containsKey(node)) {
        long since = missedSince.computeIfAbsent(node, first -> nanos);
        if (nanos - since >= memory.toNanos()) {
          known.remove();
          missedSince.remove(node);
        }
      }
    }
    addresses = Map.copyOf(next);
  }

  /** The store has not answered: nobody is missed until it does. */
  void unseen() {
    missedSince.clear();
  }
}
