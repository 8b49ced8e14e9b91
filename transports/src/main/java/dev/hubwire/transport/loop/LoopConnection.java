package dev.hubwire.transport.loop;

import static java.util.Objects.requireNonNull;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendBudget;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import dev.hubwire.transport.session.RenewableConnection;
import dev.hubwire.transport.session.Renewal;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What connections of all transports have in common: an outbox, a listener, and three states. It is
 * open; closing, when the listener has been told and what was sent before is being written; and
 * closed.
 *
 * <p><b>Threads.</b> All state is the loop's. Other threads reserve room in the outbox and post the
 * payload to the loop's inbox; closing and cutting are posted the same way, so that a goodbye
 * follows what its thread sent before.
 */
public abstract class LoopConnection extends LoopMember implements RenewableConnection {
  /** How far a connection has come; it only goes forward. */
  protected enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  /**
   * Who a connection is, and what it lives on.
   *
   * @param whenFinished called once, on the loop, when nothing of the connection is left, with why
   *     it ended
   */
  public record Identity(
      ConnectionId id,
      ConnectionRequest request,
      TransportOptions options,
      IoLoop loop,
      Consumer<CloseReason> whenFinished) {}

  private final Identity identity;
  private final Transport transport;
  private final IoLoop loop;
  private final Outbox outbox;
  private final ConnectionUser user;

  /**
   * Loop thread only, like all that follow. Null until the handler has been asked, and after the
   * end.
   */
  private @Nullable TransportListener listener;

  private State state = State.OPEN;

  /** Why it ended first: what came after that is of no interest. Null while it is open. */
  private @Nullable CloseReason ended;

  private boolean paused;

  private long closingSinceNanos;

  /** The loop's clock when the client last took a byte, or when something began to wait for it. */
  private long progressNanos;

  protected LoopConnection(Identity identity, Transport transport) {
    this.identity = identity;
    this.transport = transport;
    this.loop = identity.loop();
    TransportOptions options = identity.options();
    this.outbox = new Outbox(options.maxQueuedBytes(), options.slowConsumerPolicy());
    this.user =
        new ConnectionUser(
            identity.request().user(), options.authenticationRefresh(), loop.timeOfDay());
  }

  /** How much room a payload takes as this transport writes it. Any thread. */
  protected abstract int sizeOf(SharedPayload payload);

  /** Whether the client has still to take something. */
  protected abstract boolean hasUnwritten();

  /**
   * The state is closing since just now: whatever the transport has to say comes after what waits.
   */
  protected abstract void sayGoodbye(CloseReason reason, boolean applicationFailed);

  /** The client wants nothing more of a connection that is closing already. */
  protected void clientClosed() {}

  /** The state is closed since just now: lets go of the socket or the requests. */
  protected abstract void letGo();

  @Override
  public final ConnectionId id() {
    return identity.id();
  }

  @Override
  public final Transport transport() {
    return transport;
  }

  @Override
  public final Set<TransferFormat> transferFormats() {
    return transport.transferFormats();
  }

  @Override
  public final ConnectionRequest request() {
    return identity.request();
  }

  @Override
  public final @Nullable User user() {
    return user.user();
  }

  @Override
  public final boolean accepts(@Nullable User shown) {
    return user.accepts(shown);
  }

  @Override
  public final CompletionStage<Renewal> renew(Credentials shown) {
    return user.renew(
        new ConnectionUser.Owner(id(), this::inTurn, this::isOpen, this::tellOfUser), shown);
  }

  @Override
  public final Lane lane() {
    return loop;
  }

  @Override
  public final SendResult send(SharedPayload payload) {
    return offer(payload, loop.isInTurnAndUpToDate());
  }

  @Override
  public final SendResult deliver(SharedPayload payload) {
    return offer(payload, true);
  }

  @Override
  public final boolean isWritable() {
    return outbox.isWritable();
  }

  @Override
  public final void awaitWritable() throws InterruptedException {
    if (loop.isCurrent()) {
      throw new IllegalStateException("a lane's thread must not wait for a client");
    }
    outbox.awaitWritable();
  }

  @Override
  public final void close(CloseReason reason) {
    inTurn(() -> closeOrderly(reason));
  }

  @Override
  public final void closeUnlessBusy(CloseReason reason, Runnable whenBusy) {
    inTurn(() -> unlessBusy(listener, () -> closeOrderly(reason), whenBusy));
  }

  @Override
  public final void abort(CloseReason reason) {
    inTurn(() -> finish(reason, null));
  }

  @Override
  public void pauseReads() {
    paused = true;
  }

  @Override
  public void resumeReads() {
    if (paused) {
      paused = false;
      inTurn(this::readOn);
    }
  }

  /** Reading may go on after a pause. */
  protected abstract void readOn();

  @Override
  protected void tick(long nowNanos) {
    if (hasUnwritten() && nowNanos - progressNanos > options().sendTimeout().toNanos()) {
      finish(CloseReason.SEND_TIMEOUT, null);
      return;
    }
    outbox.trim();
    if (state == State.OPEN && isExpired()) {
      closeOrderly(CloseReason.AUTHENTICATION_EXPIRED);
    } else if (state == State.OPEN && listener != null) {
      listener.onTick(nowNanos);
    }
  }

  @Override
  protected void fail(Throwable failure) {
    LoopLog.applicationFailed(id(), failure);
    if (state == State.OPEN) {
      beginClose(CloseReason.APPLICATION_ERROR, failure, true);
    } else {
      finish(CloseReason.APPLICATION_ERROR, failure);
    }
  }

  /** A request of the client came with this user; it may make the connection live longer. */
  protected final void sawInPassing(@Nullable User shown) {
    user.sawInPassing(shown);
  }

  private void tellOfUser(@Nullable User newUser) {
    if (listener != null) {
      listener.onUserChanged(newUser);
    }
  }

  private boolean isOpen() {
    return state == State.OPEN;
  }

  /** This connection only carries another one, which looks after the client's authentication. */
  protected final void leaveUserToAnother() {
    user.neverExpires();
  }

  /** From now on what is sent is bounded elsewhere. */
  protected final void leaveBoundsToAnother() {
    outbox.lift();
  }

  /** Takes part in the loop from now on, and has its listener. */
  protected final void join(TransportListener newListener) {
    listener = newListener;
    user.judgedBy(newListener);
  }

  /** Hands bytes to the listener, if there still is one. */
  protected final void received(ByteBuffer bytes) {
    if (listener != null) {
      listener.onReceived(bytes);
    }
  }

  /** Starts the orderly end; does nothing if it has started. */
  protected final void beginClose(
      CloseReason reason, @Nullable Throwable cause, boolean applicationFailed) {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSING;
    ended = reason;
    closingSinceNanos = loop.now();
    if (!hasUnwritten()) {
      progressNanos = closingSinceNanos;
    }
    outbox.stopAccepting();
    sayGoodbye(reason, applicationFailed);
    loop.markDirty(this);
    tellListener(reason, cause);
  }

  /** Ends the connection at once; does nothing if it has ended. */
  protected final void finish(CloseReason reason, @Nullable Throwable cause) {
    if (state == State.CLOSED) {
      return;
    }
    boolean tell = state == State.OPEN;
    state = State.CLOSED;
    outbox.close();
    loop.remove(this);
    letGo();
    if (tell) {
      ended = reason;
    }
    identity.whenFinished().accept(requireNonNull(ended));
    if (tell) {
      tellListener(reason, cause);
    }
  }

  /** Queues a payload that room was granted for. */
  protected final void enqueue(SharedPayload payload) {
    if (!hasUnwritten()) {
      progressNanos = loop.now();
    }
    outbox.add(payload);
    loop.markDirty(this);
  }

  /** The client took something. */
  protected final void madeProgress() {
    progressNanos = loop.now();
  }

  /** Whether it is closing, and the client has taken nothing for longer than this. */
  protected final boolean isClosingLongerThan(long nowNanos, long nanos) {
    return state == State.CLOSING
        && Math.min(nowNanos - closingSinceNanos, nowNanos - progressNanos) > nanos;
  }

  /** Posts work to the loop, guarded as this connection's own. Any thread. */
  protected final void inTurn(Runnable work) {
    loop.execute(() -> loop.turn(this, work));
  }

  protected final State state() {
    return state;
  }

  protected final boolean isPaused() {
    return paused;
  }

  protected final Outbox outbox() {
    return outbox;
  }

  protected final IoLoop loop() {
    return loop;
  }

  protected final TransportOptions options() {
    return identity.options();
  }

  private boolean isExpired() {
    return options().closeOnAuthenticationExpiry() && user.isExpired(loop.timeOfDay());
  }

  private void closeOrderly(CloseReason reason) {
    if (state == State.CLOSING && reason == CloseReason.CLIENT_CLOSED) {
      clientClosed();
      return;
    }
    if (state == State.OPEN && listener != null) {
      listener.onClosing(reason);
    }
    beginClose(reason, null, false);
  }

  private SendResult offer(SharedPayload payload, boolean directly) {
    SendBudget.Room room = outbox.reserve(sizeOf(payload));
    if (room.isGranted()) {
      if (directly) {
        enqueue(payload);
      } else {
        loop.execute(() -> enqueue(payload));
      }
    } else {
      payload.release();
      if (room == SendBudget.Room.TOO_SLOW) {
        abort(CloseReason.SLOW_CONSUMER);
      }
    }
    return room.toSendResult();
  }

  private void tellListener(CloseReason reason, @Nullable Throwable cause) {
    LoopLog.closed(id(), reason, cause);
    TransportListener told = listener;
    listener = null;
    if (told != null) {
      told.onClosed(reason, cause);
    }
  }
}
