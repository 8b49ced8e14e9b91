package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where calls of clients go.
 *
 * @param connectionId of the one client that is meant, which can be asked; null if any number of
 *     clients may be meant
 */
record Destination(Address address, @Nullable String connectionId) {
  static Destination one(String connectionId) {
    return new Destination(new Address.Connections(Set.of(connectionId)), connectionId);
  }

  static Destination any(Address address) {
    return new Destination(address, null);
  }

  /**
   * @throws IllegalStateException if more than one client may be meant ({@code
   *     docs/protocol/hub-semantics.md} §15)
   */
  String single() {
    if (connectionId == null) {
      throw new IllegalStateException("InvokeAsync only works with Single clients.");
    }
    return connectionId;
  }
}
