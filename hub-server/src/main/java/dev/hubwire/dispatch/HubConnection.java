package dev.hubwire.dispatch;

import dev.hubwire.hub.HubException;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.protocol.Handshake;
import dev.hubwire.protocol.HandshakeRejectedException;
import dev.hubwire.protocol.HandshakeRequest;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.RecordBuffer;
import dev.hubwire.protocol.TextRecord;
import dev.hubwire.registry.HubMember;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.User;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One client of a hub, from its first byte to its last callback ({@code
 * docs/protocol/hub-semantics.md} §1).
 *
 * <p><b>Phases.</b> It waits for the handshake, is open, is ending, and is over. Whatever ends it
 * from this side sends a Close message and then asks the transport; it is over when the transport
 * says so, which is also how it ends from the other side.
 *
 * <p><b>Threads.</b> Bytes are read and messages decoded on the lane, and whatever is not a call is
 * handled there at once by the {@link MessageHandler}, so that neither a ping nor a Close waits
 * behind a call. Calls go to the {@link CallQueue}.
 */
final class HubConnection implements TransportListener, HubMember {
  private enum Phase {
    HANDSHAKE,
    OPEN,
    ENDING,
    OVER
  }

  private final HubRuntime<?> runtime;
  private final TransportConnection transport;
  private final ReadGate gate;
  private final CallQueue calls;
  private final MessageHandler messages;
  private final RecordBuffer records;
  private final Liveness liveness;

  /** Lane only, like all that follow. */
  private Phase phase = Phase.HANDSHAKE;

  /** Set with the handshake, before any other thread can see this connection. */
  private @Nullable MessageLink link;

  /** Set with the handshake and with newer credentials, by the lane; read by any thread. */
  private volatile @Nullable CallerContext context;

  /** Why this side ends the connection, as the hub is told. */
  private @Nullable Throwable endCause;

  /** Whether the hub let the client in, and so hears of its end. */
  private boolean welcomed;

  HubConnection(HubRuntime<?> runtime, TransportConnection transport) {
    this.runtime = runtime;
    this.transport = transport;
    this.gate = new ReadGate(transport);
    this.calls = new CallQueue(runtime, transport.lane(), gate);
    this.messages = new MessageHandler(runtime, this, calls, this::readOn);
    this.records = new RecordBuffer(new Records(), runtime.settings().maxMessageBytes());
    this.liveness = new Liveness(runtime.settings(), runtime.nanoClock().getAsLong());
  }

  @Override
  public String connectionId() {
    return transport.id().value();
  }

  @Override
  public @Nullable String userIdentifier() {
    return context().userIdentifier();
  }

  @Override
  public HubProtocol protocol() {
    return link().protocol();
  }

  @Override
  public TransportConnection connection() {
    return link().connection();
  }

  MessageLink link() {
    return Objects.requireNonNull(link, "no messages before the handshake");
  }

  CallerContext context() {
    return Objects.requireNonNull(context, "no context before the handshake");
  }

  /**
   * Sends a message to this client only. A caller that may wait does so while the client is
   * congested.
   *
   * @throws dev.hubwire.protocol.SerializationException if a value in it cannot be written; nothing
   *     is sent then
   */
  void send(HubMessage message) {
    link().send(message);
  }

  MessageHandler messages() {
    return messages;
  }

  @Override
  public void onReceived(ByteBuffer bytes) {
    if (phase != Phase.ENDING) {
      read(() -> records.feed(bytes));
    }
  }

  private void read(Runnable records) {
    try {
      records.run();
    } catch (RuntimeException failure) {
      fail(failure);
    }
    calls.submit();
    if (messages.mustWait()) {
      gate.hold(ReadGate.Cause.UPLOADS);
    }
  }

  /** An upload may have room again: goes on with what was kept, and then with the transport. */
  private void readOn() {
    if (phase != Phase.OPEN || messages.mustWait()) {
      return;
    }
    read(records::resume);
    if (!messages.mustWait()) {
      gate.release(ReadGate.Cause.UPLOADS);
    }
  }

  @Override
  public void onTick(long nowNanos) {
    if (phase == Phase.HANDSHAKE) {
      if (liveness.handshakeIsLate(nowNanos)) {
        refuse(Handshake.CANCELED);
      }
    } else if (phase == Phase.OPEN) {
      if (liveness.clientIsSilent(nowNanos, gate.isShut() || link().isDetached())) {
        closeWithError(new ClientTimeoutException(), CloseReason.CLIENT_TIMEOUT);
      } else if (link().isStalled(nowNanos)) {
        closeWithError(new AcknowledgementTimeoutException(), CloseReason.SLOW_CONSUMER);
      } else {
        link().acknowledge();
        if (transport.transport() != Transport.LONG_POLLING && liveness.keepAliveIsDue(nowNanos)) {
          link().tell(HubMessage.Ping.INSTANCE);
        }
      }
    }
  }

  @Override
  public boolean acceptsUser(@Nullable User current, @Nullable User shown) {
    CallerContext known = context;
    return known == null ? User.isSame(current, shown) : runtime.isUserOf(known, shown);
  }

  @Override
  public void onUserChanged(@Nullable User user) {
    if (context != null) {
      context = context().withUser(user);
      if (runtime.type().hearsRefreshed()) {
        calls.addRefreshed(this);
      }
    }
  }

  /**
   * A handshake or a call is under way, half of a record is here, or the client is to come back.
   */
  @Override
  public boolean isBusy() {
    return phase == Phase.HANDSHAKE
        || (phase == Phase.OPEN && (!calls.isQuiet() || !records.isEmpty() || link().isDetached()));
  }

  @Override
  public void onDetached() {
    link().onDetached();
  }

  @Override
  public void onReattached() {
    // What was not read has no number yet, and the client sends it again.
    records.clear();
    link().onReattached();
  }

  @Override
  public void onClosing(CloseReason reason) {
    if (phase == Phase.OPEN) {
      phase = Phase.ENDING;
      link().tellNow(new HubMessage.Close(null, true));
    }
  }

  @Override
  public void onClosed(CloseReason reason, @Nullable Throwable cause) {
    phase = Phase.OVER;
    boolean partial = !records.isEmpty();
    records.clear();
    if (link == null) {
      return;
    }
    link.onClosed();
    messages.connectionIsOver();
    context().markAborted(reason, runtime.threads());
    // A client that left on its own accord still gets done what it asked for before.
    boolean left = reason == CloseReason.CLIENT_CLOSED || reason == CloseReason.CLIENT_GONE;
    Throwable told = endCause != null || left ? endCause : cause;
    if (left && partial && told == null) {
      told = ProtocolException.invalidData("Connection terminated while reading a message.");
    }
    Throwable hubIsTold = told;
    calls.finish(() -> disconnected(hubIsTold), !left);
  }

  /**
   * Ends the connection for the application; the client is not to come back by itself. Any thread.
   */
  private void abort() {
    transport
        .lane()
        .execute(() -> end(new HubMessage.Close(null, false), CloseReason.ABORTED, null));
  }

  private void fail(RuntimeException failure) {
    if (phase == Phase.HANDSHAKE) {
      // The buffer's complaint: the request is larger than a message may be.
      refuse(Handshake.CANCELED);
    } else {
      closeWithError(failure, CloseReason.PROTOCOL_ERROR);
    }
  }

  private void closeWithError(Throwable failure, CloseReason reason) {
    DispatchLog.closing(connectionId(), failure);
    String text = runtime.errors().connectionClosed(failure);
    end(new HubMessage.Close(text, true), reason, failure);
  }

  private void end(HubMessage.Close message, CloseReason reason, @Nullable Throwable cause) {
    if (phase != Phase.OPEN) {
      return;
    }
    phase = Phase.ENDING;
    endCause = cause;
    link().tell(message);
    transport.close(reason);
  }

  private void refuse(String answer) {
    DispatchLog.handshakeFailed(connectionId(), answer);
    phase = Phase.ENDING;
    MessageLink.refuse(transport, answer);
    transport.close(CloseReason.HANDSHAKE_FAILED);
  }

  private void handshake(byte[] bytes, int start, int end) {
    try {
      HandshakeRequest request = Handshake.read(bytes, start, end);
      HubProtocol protocol =
          Handshake.choose(request, runtime.protocols(), transport.transferFormats());
      String userId = runtime.userId(transport.user());
      context = new CallerContext(transport, userId, this::abort);
      link =
          MessageLink.open(transport, protocol, request.version(), runtime.settings().reconnect());
      DispatchLog.handshakeDone(connectionId(), protocol.name(), request.version());
    } catch (HandshakeRejectedException rejected) {
      refuse(rejected.getMessage());
      return;
    } catch (RuntimeException failure) {
      refuse(runtime.errors().handshakeFailed(failure));
      return;
    }
    link().confirm();
    phase = Phase.OPEN;
    join();
  }

  /** From now on messages reach this client. Calls wait until those of other servers do, too. */
  private void join() {
    runtime.registry().add(this);
    CompletableFuture<?> joined =
        runtime.backplane().connected(connectionId(), userIdentifier()).toCompletableFuture();
    if (joined.isDone()) {
      welcome();
    } else {
      var unused = joined.thenRun(() -> transport.lane().execute(this::welcome));
    }
  }

  private void welcome() {
    if (runtime.callbacks().hearConnected()) {
      runtime.threads().execute(this::connect);
    } else {
      welcomed = true;
      calls.open();
    }
  }

  /** Lets the hub greet the client. A thread of its own; calls wait meanwhile. */
  private void connect() {
    try {
      runtime.callbacks().connected(this);
      transport.lane().execute(this::connected);
    } catch (Throwable failure) {
      DispatchLog.lifetimeFailed(connectionId(), "onConnected", failure);
      HubMessage.Close close =
          new HubMessage.Close(runtime.errors().connectionClosed(failure), false);
      transport
          .lane()
          .execute(
              () -> {
                end(close, CloseReason.APPLICATION_ERROR, failure);
                calls.refuse();
              });
    }
  }

  private void connected() {
    welcomed = true;
    calls.open();
  }

  /** Tells the hub that the client is gone, and forgets the client. A thread of its own. */
  private void disconnected(@Nullable Throwable cause) {
    try {
      if (welcomed && runtime.callbacks().hearDisconnected()) {
        runtime.callbacks().disconnected(this, cause);
      }
    } catch (Throwable failure) {
      DispatchLog.lifetimeFailed(connectionId(), "onDisconnected", failure);
    } finally {
      try {
        transport.lane().execute(this::leave);
      } catch (RejectedExecutionException stopped) {
        DispatchLog.outlivedServer(connectionId());
      }
    }
  }

  private void leave() {
    runtime.registry().remove(this);
    runtime.backplane().disconnected(connectionId());
  }

  /** A ping came. Lane thread. */
  void pinged() {
    liveness.pingCame();
  }

  /** The client says goodbye. Lane thread. */
  void clientCloses(HubMessage.Close close) {
    Throwable cause = close.error() == null ? null : new HubException(close.error());
    end(new HubMessage.Close(null, false), CloseReason.CLIENT_CLOSED, cause);
  }

  /** Takes records off the wire: first the handshake, then whatever its protocol says. */
  private final class Records implements RecordBuffer.Reader {
    @Override
    public int recordEnd(byte[] bytes, int start, int scanned, int end) {
      return phase == Phase.HANDSHAKE
          ? TextRecord.end(bytes, scanned, end)
          : protocol().recordEnd(bytes, start, scanned, end);
    }

    @Override
    public boolean onRecord(byte[] bytes, int start, int end) {
      if (phase == Phase.HANDSHAKE) {
        handshake(bytes, start, end);
      } else {
        HubMessage message = link().read(bytes, start, end, messages);
        liveness.messageCame();
        if (message != null) {
          messages.handle(message, bytes, start, end);
        }
      }
      return phase == Phase.OPEN && !messages.mustWait();
    }
  }
}
