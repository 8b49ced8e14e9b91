package dev.hubwire.transport.longpoll;

import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.endpoint.Attachment;
import dev.hubwire.transport.endpoint.TransportStarter;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.loop.LoopConnection;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;

/** Brings polls to their connections; the first makes one. Thread-safe. */
public final class LongPollingStarter implements TransportStarter {
  private final IoLoops loops;
  private final Duration disconnectTimeout;

  /**
   * @param disconnectTimeout how long a connection may be without a poll
   */
  public LongPollingStarter(IoLoops loops, Duration disconnectTimeout) {
    this.loops = loops;
    this.disconnectTimeout = disconnectTimeout;
  }

  @Override
  public void start(HttpServerExchange exchange, Attachment attachment) {
    // What is started here runs when the handlers have returned, so that it cannot meet them.
    exchange.dispatch(
        SameThreadExecutor.INSTANCE,
        () -> {
          if (attachment.first()) {
            open(exchange, attachment);
          } else {
            poll(exchange, attachment);
          }
        });
  }

  private void open(HttpServerExchange exchange, Attachment attachment) {
    Session session = attachment.session();
    IoLoop loop = loops.of(exchange.getIoThread());
    LongPollingConnection connection =
        new LongPollingConnection(
            new LoopConnection.Identity(
                session.id(), attachment.request(), attachment.options(), loop, session::ended),
            disconnectTimeout);
    loop.turn(
        connection,
        () -> {
          connection.open(attachment.handler(), new Poll(exchange));
          session.opened(connection);
        });
  }

  private static void poll(HttpServerExchange exchange, Attachment attachment) {
    Poll poll = new Poll(exchange);
    var unused =
        attachment
            .session()
            .connection()
            .whenComplete(
                (connection, over) -> {
                  if (connection instanceof LongPollingConnection polled) {
                    polled.poll(poll, attachment.request().user());
                  } else {
                    poll.answer(Answer.GONE);
                  }
                });
  }
}
