package dev.hubwire.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the WebSocket subprotocol (RFC 6455 §1.9). SignalR clients offer none. Called on an IO
 * thread, so it must not block. Thread-safe.
 */
@FunctionalInterface
public interface SubprotocolSelector {
  /** None, whatever is offered: the response carries no {@code Sec-WebSocket-Protocol}. */
  SubprotocolSelector NONE = offered -> null;

  /**
   * The chosen one, which must be among those offered, or null for none.
   *
   * @param offered in the client's order of preference; empty where it offers none
   */
  @Nullable String select(List<String> offered);
}
