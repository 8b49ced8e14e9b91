package dev.hubwire.transport.endpoint;

import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.negotiation.token.NodeName;
import io.undertow.server.HttpServerExchange;

/** Takes requests that came to the wrong node to the one that issued their connection. */
@FunctionalInterface
public interface Forwarder {
  /**
   * Called on the exchange's IO thread for a token of another node; must not block.
   *
   * @return whether the exchange is taken over; if not, the client is told what is wrong
   */
  boolean forward(HttpServerExchange exchange, NodeName issuer, ConnectionToken token);
}
