package dev.hubwire.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A connection that keeps what was sent over it as text. What is sent arrives through the lane. */
public final class RecordingConnection implements TransportConnection {
  private final ConnectionId id;
  private final Lane lane;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch waitedFor = new CountDownLatch(1);

  /** Set by the test. */
  private volatile SendResult answer = SendResult.ACCEPTED;

  /** Run by each delivery; set by the test. */
  private volatile Runnable onDelivery = () -> {};

  /** Set by the test, opened once. */
  private volatile CountDownLatch room = new CountDownLatch(0);

  public RecordingConnection(String id, Lane lane) {
    this.id = new ConnectionId(id);
    this.lane = lane;
  }

  /** What has arrived, in order. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** What the connection says to every payload from now on. */
  public void answer(SendResult result) {
    answer = result;
  }

  /** Runs something inside each delivery from now on. */
  public void onDelivery(Runnable action) {
    onDelivery = action;
  }

  /** Each delivery throws from now on. */
  public void failOnDelivery() {
    onDelivery(
        () -> {
          throw new IllegalStateException("by design");
        });
  }

  /** From now on it holds more than its limit, and says so. */
  public void congest() {
    room = new CountDownLatch(1);
    answer = SendResult.CONGESTED;
  }

  /** Ends {@link #congest()} and wakes who waits. */
  public void relieve() {
    answer = SendResult.ACCEPTED;
    room.countDown();
  }

  /** Blocks until somebody waits for room. */
  public void awaitWaiter() throws InterruptedException {
    waitedFor.await();
  }

  @Override
  public SendResult send(SharedPayload payload) {
    SendResult result = answer;
    lane.execute(() -> take(payload, result));
    return result;
  }

  @Override
  public SendResult deliver(SharedPayload payload) {
    if (!lane.isCurrent()) {
      throw new IllegalStateException("delivered off the lane");
    }
    SendResult result = answer;
    take(payload, result);
    onDelivery.run();
    return result;
  }

  private void take(SharedPayload payload, SendResult result) {
    if (result == SendResult.ACCEPTED || result == SendResult.CONGESTED) {
      received.add(UTF_8.decode(payload.content()).toString());
    }
    payload.release();
  }

  @Override
  public boolean isWritable() {
    return room.getCount() == 0;
  }

  @Override
  public void awaitWritable() throws InterruptedException {
    if (lane.isCurrent()) {
      throw new IllegalStateException("waits on the lane");
    }
    waitedFor.countDown();
    room.await();
  }

  @Override
  public ConnectionId id() {
    return id;
  }

  @Override
  public Transport transport() {
    return Transport.WEB_SOCKETS;
  }

  @Override
  public Set<TransferFormat> transferFormats() {
    return EnumSet.allOf(TransferFormat.class);
  }

  @Override
  public ConnectionRequest request() {
    return new ConnectionRequest("/hub", List.of(), List.of(), null, null);
  }

  @Override
  public Lane lane() {
    return lane;
  }

  @Override
  public void close(CloseReason reason) {
    answer = SendResult.CLOSED;
    room.countDown();
  }

  @Override
  public void abort(CloseReason reason) {
    close(reason);
  }

  @Override
  public void pauseReads() {
    throw new UnsupportedOperationException("nothing is received here");
  }

  @Override
  public void resumeReads() {
    throw new UnsupportedOperationException("nothing is received here");
  }
}
