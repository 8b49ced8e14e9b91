package dev.hubwire.transport.session;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.negotiation.token.ConnectionIdentity;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection as the table knows it: from negotiation, over the transport that carries it, to
 * its end. Thread-safe.
 *
 * <p>States go one way: pending (negotiated, no transport yet), attached (a transport request bound
 * it, for life), over. A long-polling connection between two polls and a stateful one between two
 * sockets stay attached: their {@link TransportConnection} lives on, and its lane counts the time
 * until somebody comes back.
 *
 * <p>The transport that was bound owes two calls: {@link #opened} once its connection exists, and
 * {@link #ended} when that is over, or when it never came to be.
 */
public final class Session {
  private enum State {
    PENDING,
    ATTACHED,
    OVER
  }

  private final ConnectionTable table;
  private final ConnectionIdentity identity;
  private final String endpoint;
  private final boolean stateful;
  private final Set<Transport> transports;
  private final CompletableFuture<TransportConnection> connection = new CompletableFuture<>();
  private final Object lock = new Object();

  /** Guarded by {@link #lock}. */
  private State state = State.PENDING;

  /** Its place in the quota, until the end. Guarded by {@link #lock}. */
  private Places.@Nullable Place place;

  private final Progress progress = new Progress();

  /** How far a session came; small, for those who remember it beyond its end. */
  static final class Progress {
    /** Written once, under the session's lock; read by any thread. */
    private volatile @Nullable Transport transport;

    /** Any thread. */
    private volatile boolean posted;

    /** Written once, when the connection is over; read by any thread. */
    private volatile @Nullable CloseReason endedFor;

    @Nullable Transport transport() {
      return transport;
    }

    boolean hasPosted() {
      return posted;
    }

    /**
     * Whether this was an event stream on which the client was given all the time it has for its
     * handshake, and never answered: it did not hear that the stream is open.
     */
    boolean wasHeldBack() {
      return transport == Transport.SERVER_SENT_EVENTS
          && endedFor == CloseReason.HANDSHAKE_FAILED
          && !posted;
    }
  }

  Session(
      ConnectionTable table,
      ConnectionIdentity identity,
      String endpoint,
      boolean stateful,
      Set<Transport> transports) {
    this.table = table;
    this.identity = identity;
    this.endpoint = endpoint;
    this.stateful = stateful;
    this.transports = transports;
  }

  public ConnectionId id() {
    return identity.id();
  }

  public ConnectionToken token() {
    return identity.token();
  }

  public ConnectionIdentity identity() {
    return identity;
  }

  /** The path this session was negotiated at, the only one its token is good for. */
  public String endpoint() {
    return endpoint;
  }

  /** Whether stateful reconnect was negotiated. */
  public boolean isStateful() {
    return stateful;
  }

  /** The transports that were offered; unmodifiable. */
  public Set<Transport> transports() {
    return transports;
  }

  /** The transport that carries this session, or null before its first transport request. */
  public @Nullable Transport transport() {
    return progress.transport;
  }

  /** The client sent something by POST. */
  public void posted() {
    if (!progress.posted) {
      progress.posted = true;
    }
  }

  Progress progress() {
    return progress;
  }

  /** Whether the session is over: its token opens nothing any more. */
  public boolean isOver() {
    synchronized (lock) {
      return state == State.OVER;
    }
  }

  /**
   * The connection: there once the transport has opened it, cancelled if the session is over before
   * that. Dependent actions run on the thread that calls {@link #opened} or {@link #ended}.
   */
  public CompletionStage<TransportConnection> connection() {
    return connection;
  }

  /** The bound transport's call: the connection exists. A server that is closing closes it. */
  public void opened(TransportConnection opened) {
    connection.complete(opened);
    table.opened(opened);
  }

  /** The bound transport's call: the connection is over. Idempotent. */
  public void ended(CloseReason reason) {
    if (end()) {
      progress.endedFor = reason;
      table.closed(reason);
      table.ended(this);
    }
  }

  /** The same where the connection never came to be. Idempotent. */
  public void ended() {
    if (end()) {
      table.ended(this);
    }
  }

  /** The connection, or null before it is opened. */
  public @Nullable TransportConnection openedConnection() {
    return connection.isCancelled() ? null : connection.getNow(null);
  }

  /** Keeps a place until the end; one that comes later is given back at once. */
  void hold(Places.Place taken) {
    synchronized (lock) {
      if (state != State.OVER) {
        place = taken;
        return;
      }
    }
    taken.giveBack();
  }

  void letGo() {
    Places.Place held;
    synchronized (lock) {
      held = place;
      place = null;
    }
    if (held != null) {
      held.giveBack();
    }
  }

  Binding bind(Transport wanted) {
    synchronized (lock) {
      Transport bound = progress.transport;
      if (bound == null) {
        if (state == State.OVER) {
          return Binding.GONE;
        }
        progress.transport = wanted;
        state = State.ATTACHED;
        return Binding.FIRST;
      }
      if (bound != wanted) {
        return Binding.OTHER_TRANSPORT;
      }
      if (!takesOver(bound)) {
        return Binding.OCCUPIED;
      }
      return state == State.OVER ? Binding.GONE : Binding.AGAIN;
    }
  }

  /**
   * Ends a session that has no transport.
   *
   * @return false if it has one, and lives
   */
  boolean expire() {
    synchronized (lock) {
      if (state != State.PENDING) {
        return false;
      }
      state = State.OVER;
    }
    connection.cancel(false);
    return true;
  }

  /**
   * @return false if it has ended before
   */
  private boolean end() {
    synchronized (lock) {
      if (state == State.OVER) {
        return false;
      }
      state = State.OVER;
    }
    connection.cancel(false);
    return true;
  }

  private boolean takesOver(Transport bound) {
    return switch (bound) {
      case LONG_POLLING -> true;
      case WEB_SOCKETS -> stateful;
      case SERVER_SENT_EVENTS -> false;
    };
  }
}
