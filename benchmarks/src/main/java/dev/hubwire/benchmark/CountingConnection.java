package dev.hubwire.benchmark;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import java.util.List;
import java.util.Set;

/** A connection that counts the bytes it is given and forgets them. Not thread-safe. */
final class CountingConnection implements TransportConnection {
  private static final ConnectionRequest REQUEST =
      new ConnectionRequest("/hub", List.of(), List.of(), null, null);

  private final ConnectionId id;
  private final Lane lane;
  private long bytes;

  CountingConnection(String id, Lane lane) {
    this.id = new ConnectionId(id);
    this.lane = lane;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public SendResult send(SharedPayload payload) {
    return deliver(payload);
  }

  @Override
  public SendResult deliver(SharedPayload payload) {
    bytes += payload.frameSize();
    payload.release();
    return SendResult.ACCEPTED;
  }

  @Override
  public ConnectionId id() {
    return id;
  }

  @Override
  public Lane lane() {
    return lane;
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
    return REQUEST;
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void awaitWritable() {}

  @Override
  public void close(CloseReason reason) {}

  @Override
  public void abort(CloseReason reason) {}

  @Override
  public void pauseReads() {}

  @Override
  public void resumeReads() {}
}
