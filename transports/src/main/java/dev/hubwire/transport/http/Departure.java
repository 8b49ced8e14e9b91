package dev.hubwire.transport.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Notices that a client has left while its response is under way, and ends the exchange then. The
 * end of the exchange is what is told, whatever brought it about.
 *
 * <p>On HTTP/1.1 Undertow does not look at the socket of an exchange whose request is complete, so
 * a client that closed it would go unnoticed until something is written, and its socket would stay
 * open here. A client that has ended its own direction counts as one that left: that is how both
 * look. On HTTP/2 Undertow wakes the writer of a stream that was reset, and nobody else.
 *
 * <p>IO thread of the exchange only.
 */
public final class Departure {
  /** Reads of an unwanted body before others get their turn. */
  private static final int MOST_READS_AT_ONCE = 4;

  private final HttpServerExchange exchange;
  private final HttpServerConnection connection;

  private Departure(HttpServerExchange exchange, HttpServerConnection connection) {
    this.exchange = exchange;
    this.connection = connection;
  }

  /**
   * Watches until the exchange ends.
   *
   * @param whenEnded called once, on the exchange's IO thread, when the exchange has ended, with a
   *     complete response or without
   */
  public static void watch(HttpServerExchange exchange, Runnable whenEnded) {
    if (exchange.isComplete()) {
      whenEnded.run();
      return;
    }
    exchange.addExchangeCompleteListener((ended, next) -> tell(whenEnded, next));
    if (exchange.getConnection() instanceof HttpServerConnection connection) {
      new Departure(exchange, connection).begin();
    } else if (exchange.isResponseChannelAvailable()) {
      // Nobody writes yet, so what wakes the writer can only be a reset.
      Connectors.getConduitSinkChannel(exchange).setWriteListener(reset -> exchange.endExchange());
    }
  }

  /**
   * Ends an exchange without an answer, or in the middle of one, so that its client cannot take it
   * for complete.
   */
  public static void cut(HttpServerExchange exchange) {
    IoUtils.safeClose(exchange.getConnection()); // on HTTP/2, this stream of it
    exchange.endExchange();
  }

  private static void tell(Runnable whenEnded, ExchangeCompletionListener.NextListener next) {
    try {
      whenEnded.run();
    } finally {
      next.proceed();
    }
  }

  private void begin() {
    if (exchange.isRequestComplete()) {
      watchSocket();
      return;
    }
    // What comes from the socket now is the request's body. Nobody wants it, and it must not be
    // taken for the next request.
    StreamSourceChannel body = exchange.getRequestChannel();
    body.getReadSetter().set(this::discard);
    body.resumeReads();
  }

  /** Reads for itself: XNIO's own draining swallows the end of the socket. */
  private void discard(StreamSourceChannel body) {
    if (exchange.isComplete()) {
      return;
    }
    PooledByteBuffer scrap = connection.getByteBufferPool().allocate();
    try {
      int count = body.read(scrap.getBuffer());
      for (int reads = 1; count > 0 && reads < MOST_READS_AT_ONCE; reads++) {
        count = body.read(scrap.getBuffer().clear());
      }
      if (count > 0) {
        exchange.getIoThread().execute(() -> discard(body));
      } else if (count < 0) {
        body.suspendReads();
        watchSocket();
      }
    } catch (IOException gone) {
      cut(exchange);
    } finally {
      scrap.close();
    }
  }

  /**
   * Looks below what turned the socket into a request: that stays at the request's end for good.
   */
  private void watchSocket() {
    if (connection.getExtraBytes() != null) {
      return; // The client's next request is here already, see below.
    }
    connection.getChannel().getSourceChannel().setReadListener(unused -> look());
    connection.getOriginalSourceConduit().resumeReads();
  }

  private void look() {
    StreamSourceConduit socket = connection.getOriginalSourceConduit();
    PooledByteBuffer early = connection.getByteBufferPool().allocate();
    int count;
    try {
      count = socket.read(early.getBuffer());
    } catch (IOException reset) {
      count = -1;
    }
    if (count > 0) {
      // The start of the client's next request, which came before it has this answer. Whether the
      // client leaves after that can be seen only when it has been read.
      socket.suspendReads();
      early.getBuffer().flip();
      connection.ungetRequestBytes(early);
      return;
    }
    early.close();
    if (count < 0) {
      socket.suspendReads();
      cut(exchange);
    }
  }
}
