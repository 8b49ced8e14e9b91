package dev.hubwire.transport.websocket;

import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.endpoint.Attachment;
import dev.hubwire.transport.endpoint.TransportStarter;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.loop.LoopConnection;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;
import org.xnio.StreamConnection;

/**
 * Turns a valid handshake into a WebSocket: a connection of its own, or the next socket of one that
 * lost its last. Thread-safe.
 */
public final class WebSocketStarter implements TransportStarter {
  private final IoLoops loops;
  private final long disconnectTimeoutNanos;

  /**
   * @param disconnectTimeout how long a connection that its client may re-attach to can be without
   *     a socket
   */
  public WebSocketStarter(IoLoops loops, Duration disconnectTimeout) {
    this.loops = loops;
    this.disconnectTimeoutNanos = disconnectTimeout.toNanos();
  }

  /** Whether a request is a handshake that {@link #start} can answer. */
  public static boolean isHandshake(HttpServerExchange exchange) {
    return WebSocketHandshake.isUpgrade(exchange);
  }

  @Override
  public void start(HttpServerExchange exchange, Attachment attachment) {
    ReattachableConnection carriedOn = null;
    if (!attachment.first()) {
      carriedOn = connectionOf(attachment.session());
      Answer refusal = refusal(carriedOn, attachment);
      if (refusal != null) {
        refusal.send(exchange);
        return;
      }
    }
    upgrade(exchange, attachment, carriedOn);
  }

  private void upgrade(
      HttpServerExchange exchange,
      Attachment attachment,
      @Nullable ReattachableConnection carriedOn) {
    int attempt = carriedOn == null ? 0 : carriedOn.attempts().begin();
    String subprotocol =
        attachment
            .options()
            .subprotocolSelector()
            .select(WebSocketHandshake.subprotocols(exchange));
    WebSocketHandshake.writeResponse(exchange, subprotocol);
    exchange.upgradeChannel(
        "websocket",
        (socket, upgraded) -> {
          withoutDelay(socket);
          IoLoop loop = loops.of(socket.getIoThread());
          if (carriedOn == null) {
            open(socket, attachment, loop);
          } else {
            carriedOn.reattach(attempt, attachment.request(), socket, loop);
          }
        });
    exchange.endExchange();
  }

  /** Called on the socket's IO thread when the 101 is on its way; no byte was read since. */
  private void open(StreamConnection socket, Attachment attachment, IoLoop loop) {
    if (attachment.session().isStateful()) {
      openReattachable(socket, attachment, loop);
    } else {
      openPlain(socket, attachment, loop);
    }
  }

  private static void openPlain(StreamConnection socket, Attachment attachment, IoLoop loop) {
    Session session = attachment.session();
    WebSocketConnection connection =
        new WebSocketConnection(
            new LoopConnection.Identity(
                session.id(), attachment.request(), attachment.options(), loop, session::ended),
            socket);
    loop.turn(
        connection,
        () -> {
          connection.open(attachment.handler());
          session.opened(connection);
        });
  }

  private void openReattachable(StreamConnection socket, Attachment attachment, IoLoop loop) {
    Session session = attachment.session();
    ReattachableConnection connection =
        new ReattachableConnection(
            new Origin(
                session.id(),
                attachment.request(),
                attachment.options(),
                loop,
                disconnectTimeoutNanos,
                session::ended));
    Carrier first = new Carrier(connection, attachment.request(), socket, loop);
    loop.turn(
        first.socket(),
        () -> {
          connection.open(first, attachment.handler());
          session.opened(connection);
        });
  }

  private static @Nullable ReattachableConnection connectionOf(Session session) {
    return session.openedConnection() instanceof ReattachableConnection connection
        ? connection
        : null;
  }

  /** Why a socket may not carry a connection on, or null ({@code connections.md} §3.7). */
  private static @Nullable Answer refusal(
      @Nullable ReattachableConnection connection, Attachment attachment) {
    Session session = attachment.session();
    if (session.isOver()) {
      return Answer.GONE;
    }
    if (connection == null || !connection.isReattachable()) {
      WebSocketLog.reattachRefused(session.id(), "its connection keeps its socket");
      return Answer.OCCUPIED;
    }
    if (!connection.belongsTo(attachment.request().user())) {
      WebSocketLog.reattachRefused(session.id(), "it came from another user");
      return Answer.USER_CHANGED;
    }
    return null;
  }

  /** Small messages must not wait for the client's acknowledgement of earlier ones. */
  private static void withoutDelay(StreamConnection socket) {
    try {
      socket.setOption(Options.TCP_NODELAY, true);
    } catch (IOException gone) {
      // The first read says so too.
    }
  }
}
