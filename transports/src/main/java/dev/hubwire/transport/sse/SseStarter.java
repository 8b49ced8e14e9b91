package dev.hubwire.transport.sse;

import dev.hubwire.transport.endpoint.Attachment;
import dev.hubwire.transport.endpoint.TransportStarter;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.loop.LoopConnection;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;

/** Answers a GET with an event stream. Thread-safe. */
public final class SseStarter implements TransportStarter {
  private static final HttpString X_ACCEL_BUFFERING = HttpString.tryFromString("X-Accel-Buffering");

  private final IoLoops loops;

  public SseStarter(IoLoops loops) {
    this.loops = loops;
  }

  @Override
  public void start(HttpServerExchange exchange, Attachment attachment) {
    // The response begins when the handlers have returned, so that it cannot meet them.
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> open(exchange, attachment));
  }

  private void open(HttpServerExchange exchange, Attachment attachment) {
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, "text/event-stream");
    headers.put(Headers.CACHE_CONTROL, "no-cache,no-store");
    headers.put(Headers.PRAGMA, "no-cache");
    headers.put(Headers.CONTENT_ENCODING, "identity");
    // nginx would otherwise hold events back until its buffer is full.
    headers.put(X_ACCEL_BUFFERING, "no");
    Session session = attachment.session();
    IoLoop loop = loops.of(exchange.getIoThread());
    SseConnection connection =
        new SseConnection(
            new LoopConnection.Identity(
                session.id(), attachment.request(), attachment.options(), loop, session::ended),
            exchange);
    loop.turn(
        connection,
        () -> {
          connection.open(attachment.handler());
          session.opened(connection);
        });
  }
}
