package dev.hubwire.transport.endpoint;

import dev.hubwire.transport.Limit;
import dev.hubwire.transport.session.Refusals;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;

/**
 * Refuses requests whose URL or headers are too long, with an answer that says so. The HTTP server
 * has a limit of its own, past which it cuts the connection without one. Stateless.
 */
public final class HeadLimiter implements HttpHandler {
  /** What a header line has besides name and value: a colon, a blank, the end of the line. */
  private static final int PUNCTUATION = 4;

  private final int maxUrlBytes;
  private final int maxHeaderBytes;
  private final Refusals refusals;
  private final HttpHandler next;

  public HeadLimiter(int maxUrlBytes, int maxHeaderBytes, Refusals refusals, HttpHandler next) {
    this.maxUrlBytes = maxUrlBytes;
    this.maxHeaderBytes = maxHeaderBytes;
    this.refusals = refusals;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (urlBytes(exchange) > maxUrlBytes) {
      refuse(exchange, Limit.URL_BYTES);
    } else if (headerBytes(exchange.getRequestHeaders()) > maxHeaderBytes) {
      refuse(exchange, Limit.HEADER_BYTES);
    } else {
      next.handleRequest(exchange);
    }
  }

  private void refuse(HttpServerExchange exchange, Limit limit) {
    refusals.count(limit, "request", exchange.getSourceAddress());
    Answer.refusedFor(limit).send(exchange);
  }

  private static int urlBytes(HttpServerExchange exchange) {
    int query = exchange.getQueryString().length();
    return exchange.getRequestURI().length() + (query == 0 ? 0 : query + 1);
  }

  private static int headerBytes(HeaderMap headers) {
    int bytes = 0;
    for (HeaderValues values : headers) {
      int name = values.getHeaderName().length() + PUNCTUATION;
      for (String value : values) {
        bytes += name + value.length();
      }
    }
    return bytes;
  }
}
