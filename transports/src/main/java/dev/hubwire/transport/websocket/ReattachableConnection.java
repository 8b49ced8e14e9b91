package dev.hubwire.transport.websocket;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import dev.hubwire.transport.loop.ConnectionUser;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.LoopMember;
import dev.hubwire.transport.session.RenewableConnection;
import dev.hubwire.transport.session.Renewal;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;

/**
 * A connection over one WebSocket after another ({@code docs/protocol/connections.md} §3.7). It
 * lives on the loop of its first socket for good; each socket is a {@link Carrier}.
 *
 * <p><b>Losing a socket.</b> One that ends without a goodbye, or takes nothing for the send
 * time-out, leaves the connection detached. It ends if no other comes within the disconnect
 * time-out. Every other end of a socket is the connection's own.
 *
 * <p><b>A new socket</b> takes over at once, also while the old one looks alive: a client knows
 * better when its network is gone. The old one gets a Close frame, and what it still says is
 * ignored.
 *
 * <p>Before {@link #allowReattach}, all of this is as with any other connection.
 */
final class ReattachableConnection extends LoopMember implements RenewableConnection {
  private final Origin origin;
  private final IoLoop loop;
  private final ConnectionUser user;
  private final Attempts attempts = new Attempts();

  /** The request of the newest socket. Written by the loop, read by any thread. */
  private volatile ConnectionRequest request;

  /**
   * The socket that carries the connection, or the last one; null between two. Written by the loop,
   * read by any thread.
   */
  private volatile @Nullable Carrier carrier;

  /** Written by the loop, read by any thread. */
  private volatile boolean reattachable;

  /** Set when the listener hears of the end. Written by the loop, read by any thread. */
  private volatile @Nullable CloseReason endedFor;

  /** Loop thread only, like all that follow. Null until the handler has been asked. */
  private @Nullable TransportListener listener;

  private boolean paused;
  private long detachedSinceNanos;

  ReattachableConnection(Origin origin) {
    this.origin = origin;
    this.loop = origin.loop();
    this.request = origin.request();
    this.user =
        new ConnectionUser(request.user(), options().authenticationRefresh(), loop.timeOfDay());
  }

  /** Begins with its first socket. In a turn of the loop. */
  void open(Carrier first, ConnectionHandler handler) {
    carrier = first;
    first.open();
    loop.add(this);
    TransportListener made = handler.onConnected(this);
    listener = made;
    user.judgedBy(made);
  }

  /** Whether a new socket may come. Any thread; the answer may change at any time. */
  boolean isReattachable() {
    return reattachable;
  }

  /**
   * Whether a request of this user may carry the connection on. One that was opened by nobody known
   * belongs to whoever has its token. Any thread.
   */
  boolean belongsTo(@Nullable User shown) {
    return user.user() == null || accepts(shown);
  }

  Attempts attempts() {
    return attempts;
  }

  /**
   * Goes on over another socket. On the thread of the socket's loop.
   *
   * @param newRequest the one that brought it
   */
  void reattach(
      int attempt, ConnectionRequest newRequest, StreamConnection socket, IoLoop socketLoop) {
    Carrier next = new Carrier(this, newRequest, socket, socketLoop);
    next.socket().liftBounds();
    socketLoop.turn(
        next.socket(),
        () -> {
          next.open();
          if (socketLoop.equals(loop)) {
            take(attempt, next);
          } else {
            inTurn(() -> take(attempt, next));
          }
        });
  }

  @Override
  public ConnectionId id() {
    return origin.id();
  }

  @Override
  public Transport transport() {
    return Transport.WEB_SOCKETS;
  }

  @Override
  public Set<TransferFormat> transferFormats() {
    return Transport.WEB_SOCKETS.transferFormats();
  }

  @Override
  public ConnectionRequest request() {
    return request;
  }

  @Override
  public @Nullable User user() {
    return user.user();
  }

  @Override
  public boolean accepts(@Nullable User shown) {
    return user.accepts(shown);
  }

  @Override
  public CompletionStage<Renewal> renew(Credentials shown) {
    return user.renew(
        new ConnectionUser.Owner(id(), this::inTurn, () -> !isOver(), this::tellOfUser), shown);
  }

  TransportOptions options() {
    return origin.options();
  }

  @Override
  public Lane lane() {
    return loop;
  }

  @Override
  public SendResult send(SharedPayload payload) {
    Carrier current = carrier;
    if (current != null && !reattachable) {
      return current.send(payload);
    }
    // By way of this loop, lest it overtakes what went that way to a socket of another.
    if (loop.isInTurnAndUpToDate()) {
      return deliver(payload);
    }
    loop.execute(() -> deliver(payload));
    return isOver() ? SendResult.CLOSED : SendResult.ACCEPTED;
  }

  @Override
  public SendResult deliver(SharedPayload payload) {
    Carrier current = carrier;
    return current == null ? lost(payload) : current.deliver(payload);
  }

  @Override
  public boolean isWritable() {
    Carrier current = carrier;
    return current == null || current.socket().isWritable();
  }

  @Override
  public void awaitWritable() throws InterruptedException {
    Carrier current = carrier;
    if (current != null) {
      current.socket().awaitWritable();
    }
  }

  @Override
  public void close(CloseReason reason) {
    inTurn(() -> closeOrderly(reason));
  }

  @Override
  public void closeUnlessBusy(CloseReason reason, Runnable whenBusy) {
    inTurn(() -> unlessBusy(listener, () -> closeOrderly(reason), whenBusy));
  }

  @Override
  public void abort(CloseReason reason) {
    inTurn(
        () -> {
          Carrier current = carrier;
          end(reason, null);
          if (current != null) {
            current.socket().abort(reason);
          }
        });
  }

  @Override
  public boolean allowReattach() {
    Carrier current = carrier;
    if (isOver() || current == null) {
      return false;
    }
    current.socket().liftBounds();
    reattachable = true;
    return true;
  }

  @Override
  public void pauseReads() {
    paused = true;
    Carrier current = carrier;
    if (current != null) {
      current.pauseReads();
    }
  }

  @Override
  public void resumeReads() {
    if (paused) {
      paused = false;
      inTurn(this::readOn);
    }
  }

  @Override
  protected void flush() {
    // Never marked as dirty: sockets write for themselves.
  }

  @Override
  protected void tick(long nowNanos) {
    if (carrier == null && nowNanos - detachedSinceNanos > origin.disconnectTimeoutNanos()) {
      end(CloseReason.DISCONNECT_TIMEOUT, null);
    } else if (options().closeOnAuthenticationExpiry() && user.isExpired(loop.timeOfDay())) {
      closeOrderly(CloseReason.AUTHENTICATION_EXPIRED);
    } else if (listener != null) {
      listener.onTick(nowNanos);
    }
  }

  @Override
  protected void fail(Throwable failure) {
    WebSocketLog.applicationFailed(id(), failure);
    Carrier current = carrier;
    end(CloseReason.APPLICATION_ERROR, failure);
    if (current != null) {
      current.socket().close(CloseReason.APPLICATION_ERROR);
    }
  }

  /** Whether nothing is to be received now. Loop thread. */
  boolean isPaused() {
    return paused;
  }

  /** Posts work to the loop, guarded as this connection's own. Any thread. */
  void inTurn(Runnable work) {
    loop.execute(() -> loop.turn(this, work));
  }

  /** Bytes came over a socket. */
  void received(Carrier from, ByteBuffer bytes) {
    if (from.equals(carrier) && listener != null) {
      listener.onReceived(bytes);
    }
  }

  /** A socket takes and brings no more. */
  void lost(Carrier from, CloseReason reason, @Nullable Throwable cause) {
    if (isOver() || !from.equals(carrier)) {
      return;
    }
    boolean vanished = reason == CloseReason.CLIENT_GONE || reason == CloseReason.SEND_TIMEOUT;
    if (reattachable && vanished) {
      WebSocketLog.detached(id(), reason);
      detach();
    } else {
      end(reason, cause);
    }
  }

  /** Nothing of a socket is left. */
  void finished(Carrier from) {
    CloseReason reason = endedFor;
    if (reason != null && from.equals(carrier)) {
      origin.whenOver().accept(reason);
    }
  }

  private boolean isOver() {
    return endedFor != null;
  }

  private SendResult lost(SharedPayload payload) {
    payload.release();
    return isOver() ? SendResult.CLOSED : SendResult.ACCEPTED;
  }

  private void take(int attempt, Carrier next) {
    if (isOver() || !reattachable || !attempts.isNewest(attempt)) {
      next.socket().close(CloseReason.SERVER_CLOSED);
      return;
    }
    Carrier before = carrier;
    if (before != null) {
      detach();
      before.socket().close(CloseReason.SERVER_CLOSED);
    }
    WebSocketLog.reattached(id(), before != null);
    request = next.request();
    user.sawInPassing(request.user());
    carrier = next;
    if (paused) {
      next.pauseReads();
    }
    if (listener != null) {
      listener.onReattached();
    }
  }

  private void detach() {
    carrier = null;
    detachedSinceNanos = loop.now();
    if (listener != null) {
      listener.onDetached();
    }
  }

  private void readOn() {
    Carrier current = carrier;
    if (current != null && !paused) {
      current.resumeReads();
    }
  }

  private void closeOrderly(CloseReason reason) {
    Carrier current = carrier;
    if (listener != null) {
      listener.onClosing(reason);
    }
    end(reason, null);
    if (current != null) {
      current.socket().close(reason);
    }
  }

  private void end(CloseReason reason, @Nullable Throwable cause) {
    if (isOver()) {
      return;
    }
    endedFor = reason;
    reattachable = false;
    loop.remove(this);
    TransportListener told = listener;
    listener = null;
    if (told != null) {
      told.onClosed(reason, cause);
    }
    Carrier last = carrier;
    if (last == null || last.isFinished()) {
      origin.whenOver().accept(reason);
    }
  }

  private void tellOfUser(@Nullable User newUser) {
    if (listener != null) {
      listener.onUserChanged(newUser);
    }
  }
}
