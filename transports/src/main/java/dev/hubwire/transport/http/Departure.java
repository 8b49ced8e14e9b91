package dev.hubwire.transport.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Notices that a client has left while its response is under way. Undertow does not look at the
 * socket of an exchange whose request is complete, so a client that closed it would go unnoticed
 * until something is written.
 *
 * <p>HTTP/1.1 only: on HTTP/2 the connection is shared, and Undertow itself ends the exchange of a
 * stream that was reset. IO thread of the exchange only.
 */
public final class Departure {
  private Departure() {}

  /**
   * Watches until the exchange ends.
   *
   * @param whenGone called once, on the exchange's IO thread
   */
  public static void watch(HttpServerExchange exchange, Runnable whenGone) {
    if (exchange.getConnection() instanceof HttpServerConnection connection) {
      ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
      source.setReadListener(channel -> look(connection, channel, whenGone));
      source.resumeReads();
    }
  }

  /** Ends the watch, so that the next request is read by whom it concerns. */
  public static void stop(HttpServerExchange exchange) {
    if (exchange.getConnection() instanceof HttpServerConnection connection) {
      connection.getChannel().getSourceChannel().suspendReads();
    }
  }

  private static void look(
      HttpServerConnection connection, ConduitStreamSourceChannel source, Runnable whenGone) {
    PooledByteBuffer early = connection.getByteBufferPool().allocate();
    try {
      int count = source.read(early.getBuffer());
      if (count == 0) {
        early.close();
        return;
      }
      source.suspendReads();
      if (count > 0) {
        // The start of the client's next request, which came before it has this answer.
        early.getBuffer().flip();
        connection.ungetRequestBytes(early);
        return;
      }
    } catch (IOException reset) {
      // Gone as well.
    }
    early.close();
    source.suspendReads();
    whenGone.run();
  }
}
