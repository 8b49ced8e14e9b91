package dev.hubwire.transport;

import dev.hubwire.negotiation.Redirect;
import org.jspecify.annotations.Nullable;

/**
 * Sends clients elsewhere when they negotiate ({@code docs/protocol/connections.md} §2.5): to
 * another node, or to a node of their own. Asked after authentication, for negotiate requests of a
 * version that can be served. Called on an IO thread, so it must not block. Thread-safe.
 */
@FunctionalInterface
public interface NegotiateInterceptor {
  /** Every client stays here. */
  NegotiateInterceptor NONE = request -> null;

  /**
   * Where the client should negotiate instead, or null to serve it here. Clients follow at most 100
   * redirects, so two nodes that send them to each other are noticed late.
   *
   * @param request the negotiate request, with its user
   */
  @Nullable Redirect redirect(ConnectionRequest request);
}
