package dev.hubwire.transport.endpoint;

import io.undertow.server.HttpServerExchange;

/** One transport, as endpoints see it: what carries a session once the endpoint lets it. */
@FunctionalInterface
public interface TransportStarter {
  /**
   * Takes over the exchange and the session. Called on the exchange's IO thread, inside its
   * handler; must not block.
   *
   * <p>For a {@linkplain Attachment#first() first} request the transport owes the session its
   * calls: {@code opened} and, in every case, {@code ended}. An exception thrown here means that
   * there is no connection, and the endpoint ends the session.
   */
  void start(HttpServerExchange exchange, Attachment attachment) throws Exception;
}
