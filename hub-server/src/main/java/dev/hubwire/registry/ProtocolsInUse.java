package dev.hubwire.registry;

import dev.hubwire.protocol.HubProtocol;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The protocols that members of a hub speak, so that a message is written in no other. */
final class ProtocolsInUse {
  /** How many members speak each. */
  private final Map<HubProtocol, Integer> speakers = new ConcurrentHashMap<>();

  void add(HubProtocol protocol) {
    speakers.merge(protocol, 1, Integer::sum);
  }

  void remove(HubProtocol protocol) {
    speakers.computeIfPresent(protocol, (key, count) -> count == 1 ? null : count - 1);
  }

  /** A view; iterating it is safe while others change it. */
  Collection<HubProtocol> all() {
    return Collections.unmodifiableCollection(speakers.keySet());
  }
}
