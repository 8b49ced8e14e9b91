package dev.hubwire.transport.websocket;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.LoopConnection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * One of the sockets of a {@link ReattachableConnection}, and what its loop tells the connection's.
 *
 * <p>The first socket lives on the connection's own loop, and calls go straight through. A later
 * one lives where its IO thread happens to be. Then each piece that was read is copied and posted,
 * and the socket reads the next one when the connection has taken it: one piece is under way at a
 * time, and nothing waits without a bound.
 */
final class Carrier implements TransportListener {
  private final ReattachableConnection connection;
  private final ConnectionRequest request;
  private final WebSocketConnection socket;

  /** Whether the socket lives on the connection's loop. */
  private final boolean home;

  /** Whether nothing of the socket is left. The connection's loop only, like all that follow. */
  private boolean finished;

  /** A piece from another loop that came while reads were paused. */
  private byte @Nullable [] held;

  /** Whether a socket elsewhere waits, since its last piece was taken and reads are paused. */
  private boolean waits;

  /**
   * @param loop the one that the socket lives on
   */
  Carrier(
      ReattachableConnection connection,
      ConnectionRequest request,
      StreamConnection socket,
      IoLoop loop) {
    this.connection = connection;
    this.request = request;
    this.home = loop.equals(connection.lane());
    this.socket =
        new WebSocketConnection(
            new LoopConnection.Identity(
                connection.id(), request, connection.options(), loop, reason -> onFinished()),
            socket);
    this.socket.becomeCarrier();
  }

  /** The request that brought the socket. */
  ConnectionRequest request() {
    return request;
  }

  /** Where a failure of what is done with the socket counts. */
  WebSocketConnection socket() {
    return socket;
  }

  /** Whether nothing of the socket is left. The connection's loop only. */
  boolean isFinished() {
    return finished;
  }

  /** Begins to read. In a turn of the socket's loop. */
  void open() {
    socket.open(opened -> this);
  }

  /** Any thread. */
  SendResult send(SharedPayload payload) {
    return socket.send(payload);
  }

  /** The connection's loop only. */
  SendResult deliver(SharedPayload payload) {
    return home ? socket.deliver(payload) : socket.send(payload);
  }

  /** A socket elsewhere need not be told: it waits after each piece. */
  void pauseReads() {
    if (home) {
      socket.pauseReads();
    }
  }

  /** Ends {@link #pauseReads()}. The connection's loop only. */
  void resumeReads() {
    byte[] piece = held;
    if (home) {
      socket.resumeReads();
    } else if (piece != null) {
      held = null;
      hand(piece);
    } else {
      readNext();
    }
  }

  @Override
  public void onReceived(ByteBuffer bytes) {
    if (home) {
      connection.received(this, bytes);
      return;
    }
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    socket.pauseReads();
    connection.inTurn(() -> hand(piece));
  }

  @Override
  public void onClosed(CloseReason reason, @Nullable Throwable cause) {
    atHome(() -> connection.lost(this, reason, cause));
  }

  private void hand(byte[] piece) {
    if (connection.isPaused()) {
      held = piece;
      return;
    }
    connection.received(this, ByteBuffer.wrap(piece));
    waits = true;
    readNext();
  }

  private void readNext() {
    if (waits && !connection.isPaused()) {
      waits = false;
      socket.lane().execute(socket::resumeReads);
    }
  }

  private void onFinished() {
    atHome(
        () -> {
          finished = true;
          connection.finished(this);
        });
  }

  private void atHome(Runnable work) {
    if (home) {
      work.run();
    } else {
      connection.inTurn(work);
    }
  }
}
