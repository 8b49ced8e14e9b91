package dev.hubwire.dispatch;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection whose sockets a test loses and brings back, at any byte of either direction. */
final class CutLine implements TransportConnection {
  private final ManualLane lane;
  private final TransportListener listener;

  /** What the present socket has taken from the server and not given to the client. */
  private final ByteArrayOutputStream down = new ByteArrayOutputStream();

  private boolean attached = true;
  private boolean reattachable;
  private boolean paused;

  /** Written on the lane, read by any thread. */
  private volatile @Nullable CloseReason closed;

  CutLine(ManualLane lane, ConnectionHandler handler) {
    this.lane = lane;
    this.listener = handler.onConnected(this);
  }

  boolean isAttached() {
    return attached;
  }

  boolean isReattachable() {
    return reattachable;
  }

  @Nullable CloseReason closeReason() {
    return closed;
  }

  /** Bytes from the client reach the server. */
  void up(byte[] bytes) {
    if (paused) {
      throw new IllegalStateException("nobody reads");
    }
    lane.call(() -> listener.onReceived(ByteBuffer.wrap(bytes)));
  }

  /** Takes what the client receives, as many bytes at most. */
  byte[] down(int most) {
    byte[] all = down.toByteArray();
    int count = Math.min(most, all.length);
    down.reset();
    down.write(all, count, all.length - count);
    return Arrays.copyOf(all, count);
  }

  /** The server notices that the socket is gone. */
  void lose() {
    attached = false;
    down.reset();
    lane.call(listener::onDetached);
  }

  /** The client brings a socket, whether the server has missed one or not. */
  void attach() {
    if (attached) {
      lose();
    }
    attached = true;
    lane.call(listener::onReattached);
  }

  /** Nobody came back in time. */
  void expire() {
    lane.call(
        () -> {
          closed = CloseReason.DISCONNECT_TIMEOUT;
          listener.onClosed(CloseReason.DISCONNECT_TIMEOUT, null);
        });
  }

  void tick(long nowNanos) {
    lane.call(() -> listener.onTick(nowNanos));
  }

  @Override
  public boolean allowReattach() {
    reattachable = true;
    return true;
  }

  @Override
  public SendResult send(SharedPayload payload) {
    lane.execute(() -> deliver(payload));
    return closed == null ? SendResult.ACCEPTED : SendResult.CLOSED;
  }

  @Override
  public SendResult deliver(SharedPayload payload) {
    if (attached && closed == null) {
      ByteBuffer content = payload.content();
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      down.writeBytes(bytes);
    }
    payload.release();
    return SendResult.ACCEPTED;
  }

  @Override
  public void close(CloseReason reason) {
    lane.execute(
        () -> {
          if (closed == null) {
            listener.onClosing(reason);
            closed = reason;
            listener.onClosed(reason, null);
          }
        });
  }

  @Override
  public void abort(CloseReason reason) {
    close(reason);
  }

  @Override
  public void pauseReads() {
    paused = true;
  }

  @Override
  public void resumeReads() {
    paused = false;
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void awaitWritable() {
    throw new IllegalStateException("there is always room");
  }

  @Override
  public ConnectionId id() {
    return new ConnectionId("c1");
  }

  @Override
  public Transport transport() {
    return Transport.WEB_SOCKETS;
  }

  @Override
  public Set<TransferFormat> transferFormats() {
    return transport().transferFormats();
  }

  @Override
  public ConnectionRequest request() {
    return new ConnectionRequest("/hub", List.of(), List.of(), null, null);
  }

  @Override
  public Lane lane() {
    return lane;
  }
}
