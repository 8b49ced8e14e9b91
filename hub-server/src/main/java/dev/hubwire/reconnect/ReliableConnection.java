package dev.hubwire.reconnect;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SendBudget;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.User;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which no message is lost or comes twice while sockets come and go ({@code
 * docs/protocol/hub-protocol.md} §9). It stands in front of the transport's connection: what goes
 * through it is numbered. Pings, Close messages and what is sent here about numbers go to the
 * transport's connection itself.
 *
 * <p><b>Threads.</b> Numbers are given on the lane, in the order of the wire. Senders on other
 * threads reserve room and post; the rest is the lane's.
 *
 * <p><b>Bounds.</b> Past the limit of bytes that are not acknowledged, the endpoint's policy for
 * slow clients decides. Where senders wait, they wait for acknowledgements, {@link #PATIENCE} at
 * most.
 */
public final class ReliableConnection implements TransportConnection {
  /** How long senders wait for a client that acknowledges nothing, as with the reference. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The longest message that is written here, framing included, in any protocol. */
  private static final int CONTROL_MESSAGE_BYTES = 64;

  private final TransportConnection transport;
  private final HubProtocol protocol;
  private final SendBudget budget;
  private final SentMessages sent;
  private final ReceivedMessages received = new ReceivedMessages();

  /** Bytes received after which a client need not wait for the next scan to hear of it. */
  private final long promptBytes;

  /** Lane only, like all that follow. Whether there is no socket. */
  private boolean detached;

  /** Whether the client acknowledged anything since the last scan. */
  private boolean progressed;

  /** The last scan at which no sender waited, or the client had just acknowledged something. */
  private long waitingSinceNanos;

  /**
   * @param transport one that may be {@linkplain TransportConnection#allowReattach re-attached}
   */
  public ReliableConnection(
      TransportConnection transport, HubProtocol protocol, ReconnectLimits limits) {
    this.transport = transport;
    this.protocol = protocol;
    this.budget = new SendBudget(limits.bufferBytes(), limits.policy());
    this.sent = new SentMessages(budget);
    this.promptBytes = Math.max(1, limits.bufferBytes() / 2);
  }

  /** What the next message from the client is to be read with. Lane thread. */
  public InvocationBinder binder(InvocationBinder usual) {
    return received.nextIsRepeated() ? RepeatedMessages.BINDER : usual;
  }

  /**
   * Counts a message from the client. Lane thread.
   *
   * @return whether it is to be handled: not if it came before, or was about numbers
   * @throws dev.hubwire.protocol.ProtocolException if the client counts wrongly, and has to go
   */
  public boolean admits(HubMessage message, int wireBytes) {
    return switch (message) {
      case HubMessage.Ping ping -> true;
      case HubMessage.Close close -> true;
      case HubMessage.Ack(long id) -> {
        progressed |= sent.acknowledge(id);
        yield false;
      }
      case HubMessage.Sequence(long id) -> {
        received.startAt(id);
        yield false;
      }
      case HubMessage.Calling call -> isNew(wireBytes);
      case HubMessage.StreamItem item -> isNew(wireBytes);
      case HubMessage.Completion completion -> isNew(wireBytes);
      case HubMessage.CancelInvocation cancel -> isNew(wireBytes);
      case HubMessage.InvocationBindingFailure failure -> isNew(wireBytes);
      case HubMessage.StreamBindingFailure failure -> isNew(wireBytes);
    };
  }

  /** The socket is lost. Lane thread. */
  public void onDetached() {
    detached = true;
  }

  /**
   * There is a new socket: says where it goes on, and sends again what may be lost. Lane thread.
   */
  public void onReattached() {
    detached = false;
    tell(new HubMessage.Sequence(sent.firstId()));
    for (SharedPayload payload : sent.payloads()) {
      transport.deliver(payload.retain());
    }
  }

  /** Whether the connection waits for a new socket. Lane thread. */
  public boolean isDetached() {
    return detached;
  }

  /** The periodic scan: tells the client what has come. Lane thread. */
  public void acknowledge() {
    if (!detached && received.owesAcknowledgement()) {
      tell(new HubMessage.Ack(received.acknowledge()));
    }
  }

  /**
   * Whether the connection has to end because senders waited for long enough. Asked once a scan, on
   * the lane.
   */
  public boolean isStalled(long nowNanos) {
    if (progressed || !budget.isAwaited()) {
      progressed = false;
      waitingSinceNanos = nowNanos;
      return false;
    }
    return nowNanos - waitingSinceNanos >= PATIENCE.toNanos();
  }

  /** The connection is over. Lane thread. */
  public void onClosed() {
    sent.close();
  }

  @Override
  public SendResult send(SharedPayload payload) {
    return offer(payload, false);
  }

  @Override
  public SendResult deliver(SharedPayload payload) {
    return offer(payload, true);
  }

  @Override
  public boolean isWritable() {
    return budget.isWritable();
  }

  @Override
  public void awaitWritable() throws InterruptedException {
    if (lane().isCurrent()) {
      throw new IllegalStateException("a lane's thread must not wait for a client");
    }
    budget.awaitWritable();
  }

  @Override
  public ConnectionId id() {
    return transport.id();
  }

  @Override
  public Transport transport() {
    return transport.transport();
  }

  @Override
  public Set<TransferFormat> transferFormats() {
    return transport.transferFormats();
  }

  @Override
  public ConnectionRequest request() {
    return transport.request();
  }

  @Override
  public @Nullable User user() {
    return transport.user();
  }

  @Override
  public Lane lane() {
    return transport.lane();
  }

  @Override
  public void close(CloseReason reason) {
    transport.close(reason);
  }

  @Override
  public void abort(CloseReason reason) {
    transport.abort(reason);
  }

  @Override
  public void pauseReads() {
    transport.pauseReads();
  }

  @Override
  public void resumeReads() {
    transport.resumeReads();
  }

  private SendResult offer(SharedPayload payload, boolean directly) {
    SendBudget.Room room = budget.reserve(payload.size());
    if (!room.isGranted()) {
      payload.release();
      if (room == SendBudget.Room.TOO_SLOW) {
        transport.abort(CloseReason.SLOW_CONSUMER);
      }
    } else if (directly) {
      number(payload);
    } else {
      lane().execute(() -> number(payload));
    }
    return room.toSendResult();
  }

  private void number(SharedPayload payload) {
    if (sent.add(payload) && !detached) {
      transport.deliver(payload.retain());
    }
  }

  private boolean isNew(int wireBytes) {
    boolean isNew = received.count(wireBytes);
    if (received.unacknowledgedBytes() >= promptBytes) {
      acknowledge();
    }
    return isNew;
  }

  private void tell(HubMessage message) {
    PayloadWriter writer = new PayloadWriter(CONTROL_MESSAGE_BYTES);
    protocol.write(message, writer);
    transport.deliver(SharedPayload.of(writer, protocol.transferFormat()));
  }
}
