package dev.hubwire.transport;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A connection that carries nothing and remembers how it was asked to end. */
public final class RecordingConnection implements TransportConnection {
  private final ConnectionId id;
  private final Transport transport;
  private final List<CloseReason> closes = new CopyOnWriteArrayList<>();

  /** Set by the test, read by any thread. */
  private volatile boolean busy;

  public RecordingConnection(ConnectionId id, Transport transport) {
    this.id = id;
    this.transport = transport;
  }

  /** The reasons of all calls of {@link #close}, in order. */
  public List<CloseReason> closes() {
    return closes;
  }

  @Override
  public ConnectionId id() {
    return id;
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public Set<TransferFormat> transferFormats() {
    return transport.transferFormats();
  }

  @Override
  public void close(CloseReason reason) {
    closes.add(reason);
  }

  @Override
  public ConnectionRequest request() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Lane lane() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void closeUnlessBusy(CloseReason reason, Runnable whenBusy) {
    if (busy) {
      whenBusy.run();
    } else {
      close(reason);
    }
  }

  /** Whether {@link #closeUnlessBusy} leaves it open from now on. */
  public void setBusy(boolean value) {
    busy = value;
  }

  @Override
  public SendResult send(SharedPayload payload) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SendResult deliver(SharedPayload payload) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWritable() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void awaitWritable() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void abort(CloseReason reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pauseReads() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void resumeReads() {
    throw new UnsupportedOperationException();
  }
}
