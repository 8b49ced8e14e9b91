package dev.hubwire.transport.endpoint;

import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;

/** Takes what clients send by POST, the other direction of server-sent events and long polling. */
@FunctionalInterface
public interface UploadReceiver {
  /**
   * Takes over the exchange. Called on the exchange's IO thread, inside its handler; must not
   * block.
   *
   * @param session live, and with a transport that takes POSTs, or none yet: its {@link
   *     Session#connection()} says when there is one
   */
  void receive(HttpServerExchange exchange, Session session) throws Exception;
}
