package dev.hubwire.transport.endpoint;

import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * What is left of a request that is answered before all of it came. The HTTP server reads it to its
 * end, so that the connection can be used again; a client that never comes to the end would hold
 * its connection for ever.
 */
final class Leftovers {
  /** For a server without a time-out of idle connections. */
  private static final int DEFAULT_MILLIS = 60_000;

  private Leftovers() {}

  /**
   * Gives the rest of the request as long as a connection may be idle. IO thread, before the
   * answer.
   */
  static void limit(HttpServerExchange exchange) {
    if (exchange.isRequestComplete()) {
      return;
    }
    int millis =
        exchange
            .getConnection()
            .getUndertowOptions()
            .get(UndertowOptions.NO_REQUEST_TIMEOUT, DEFAULT_MILLIS);
    XnioExecutor.Key cut =
        exchange
            .getIoThread()
            .executeAfter(
                () -> IoUtils.safeClose(exchange.getConnection()), millis, TimeUnit.MILLISECONDS);
    exchange.addExchangeCompleteListener(
        (completed, next) -> {
          cut.remove();
          next.proceed();
        });
  }
}
