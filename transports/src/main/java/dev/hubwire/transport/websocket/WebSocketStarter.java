package dev.hubwire.transport.websocket;

import dev.hubwire.transport.endpoint.Attachment;
import dev.hubwire.transport.endpoint.TransportStarter;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.loop.LoopConnection;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import org.xnio.Options;
import org.xnio.StreamConnection;

/** Turns a valid handshake into a WebSocket. Thread-safe. */
public final class WebSocketStarter implements TransportStarter {
  private final IoLoops loops;

  public WebSocketStarter(IoLoops loops) {
    this.loops = loops;
  }

  /** Whether a request is a handshake that {@link #start} can answer. */
  public static boolean isHandshake(HttpServerExchange exchange) {
    return WebSocketHandshake.isUpgrade(exchange);
  }

  @Override
  public void start(HttpServerExchange exchange, Attachment attachment) {
    String subprotocol =
        attachment
            .options()
            .subprotocolSelector()
            .select(WebSocketHandshake.subprotocols(exchange));
    WebSocketHandshake.writeResponse(exchange, subprotocol);
    exchange.upgradeChannel("websocket", (socket, upgraded) -> open(socket, attachment));
    exchange.endExchange();
  }

  /** Called on the socket's IO thread when the 101 is on its way; no byte was read since. */
  private void open(StreamConnection socket, Attachment attachment) {
    Session session = attachment.session();
    IoLoop loop = loops.of(socket.getIoThread());
    LoopConnection.Identity identity =
        new LoopConnection.Identity(
            session.id(), attachment.request(), attachment.options(), loop, session::ended);
    WebSocketConnection connection = new WebSocketConnection(identity, socket);
    loop.turn(
        connection,
        () -> {
          withoutDelay(socket);
          connection.open(attachment.handler());
          session.opened(connection);
        });
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
