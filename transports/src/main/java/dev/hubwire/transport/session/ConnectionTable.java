package dev.hubwire.transport.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.hubwire.negotiation.Redirect;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionIdentity;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.negotiation.token.IdentityGenerator;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.NegotiateInterceptor;
import dev.hubwire.transport.TransportConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Every connection of this process, by its token: one table for all endpoints. Thread-safe.
 *
 * <p>Two halves. Pending sessions, negotiated and not yet attached, are cheap to ask for, so their
 * number is limited and they expire. Attached sessions stay until their transport ends them. A
 * session enters the second half before it leaves the first, so a look-up never misses it.
 *
 * <p>Expiry is exact for look-ups. Counting and logging what expired, and freeing its place, wait
 * for {@link #scan()} or for a negotiation that finds the table full.
 */
public final class ConnectionTable {
  /** About 37 MB of heap when full; 6,600 unused negotiations a second at the default time-out. */
  public static final int DEFAULT_MAX_PENDING = 100_000;

  public static final Duration DEFAULT_DISCONNECT_TIMEOUT = Duration.ofSeconds(15);

  /**
   * The bounds of both halves.
   *
   * @param maxPending sessions that may wait for their first transport request at a time
   * @param disconnectTimeout how long each may wait
   * @param quota of sessions with a transport
   */
  public record Limits(int maxPending, Duration disconnectTimeout, ConnectionQuota quota) {
    public Limits {
      if (maxPending < 1) {
        throw new IllegalArgumentException("maxPending: " + maxPending + " (expected: >= 1)");
      }
      if (!disconnectTimeout.isPositive()) {
        throw new IllegalArgumentException(
            "disconnectTimeout: " + disconnectTimeout + " (expected: > 0)");
      }
    }

    /** Without a quota. */
    public Limits(int maxPending, Duration disconnectTimeout) {
      this(maxPending, disconnectTimeout, ConnectionQuota.unlimited());
    }

    public static Limits defaults() {
      return new Limits(DEFAULT_MAX_PENDING, DEFAULT_DISCONNECT_TIMEOUT);
    }
  }

  /** How clients leave, and where others go. */
  private record Leaving(Drain drain, NegotiateInterceptor elsewhere) {}

  private final IdentityGenerator identities;
  private final Limits limits;
  private final Cache<ConnectionToken, Session> pending;
  private final ConcurrentMap<ConnectionToken, Session> attached = new ConcurrentHashMap<>();

  /** One permit for each session that may still become pending. */
  private final Semaphore places;

  /** For the sessions that are attached. */
  private final Places quota;

  private final Refusals refusals;
  private final TransportHistory history;
  private final EnumCounts<CloseReason> closed = new EnumCounts<>(CloseReason.class);
  private final LongAdder negotiated = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  /** Set once, by {@link #drain}; read by any thread. */
  private volatile @Nullable Leaving leaving;

  /** Set once, by {@link #closeAll}; read by any thread. */
  private volatile @Nullable CloseReason closing;

  /**
   * @param ticker the clock of the disconnect time-out
   * @param executor runs the upkeep of the pending half; short, non-blocking tasks
   */
  public ConnectionTable(
      IdentityGenerator identities, Limits limits, Ticker ticker, Executor executor) {
    this.identities = identities;
    this.limits = limits;
    this.places = new Semaphore(limits.maxPending());
    this.quota = new Places(limits.quota());
    this.refusals = new Refusals(ticker);
    this.history = new TransportHistory(ticker, executor);
    this.pending =
        Caffeine.newBuilder()
            .expireAfterWrite(limits.disconnectTimeout())
            .ticker(ticker)
            .executor(executor)
            .evictionListener(this::evicted)
            .build();
  }

  /**
   * A new pending session.
   *
   * @param endpoint the path it is negotiated at, the only one its token will be good for
   * @param version of the negotiate protocol: in version 0, id and token are the same
   * @param transports what the client is offered; unmodifiable
   * @return null if no more sessions are taken: too many are pending, or the server {@linkplain
   *     #isLeaving() takes none}
   */
  public @Nullable Session negotiate(
      String endpoint, int version, boolean stateful, Set<Transport> transports) {
    if (isLeaving() || !takePlace(endpoint)) {
      refused.increment();
      return null;
    }
    ConnectionIdentity identity = version == 0 ? identities.shared() : identities.separate();
    Session session = new Session(this, identity, endpoint, stateful, transports);
    pending.put(session.token(), session);
    negotiated.increment();
    SessionLog.negotiated(session.id(), endpoint);
    if (isClosing()) {
      forget(session);
    }
    return session;
  }

  /**
   * A new session that is attached at once, for a WebSocket that skipped negotiation. Never
   * stateful.
   *
   * @return null if the server {@linkplain #isLeaving() takes no more}
   */
  public @Nullable Session connect(String endpoint) {
    if (isLeaving()) {
      return null;
    }
    Session session =
        new Session(this, identities.shared(), endpoint, false, Set.of(Transport.WEB_SOCKETS));
    attach(session, Transport.WEB_SOCKETS);
    return session;
  }

  /** The session of a token, or null if there is none or it belongs to another endpoint. */
  public @Nullable Session find(ConnectionToken token, String endpoint) {
    Session session = attached.get(token);
    if (session == null) {
      session = pending.getIfPresent(token);
    }
    return session != null && session.endpoint().equals(endpoint) ? session : null;
  }

  /**
   * Binds a session to a transport, or finds it bound. The first transport decides for the
   * session's life, also if its request fails afterwards.
   */
  public Binding attach(Session session, Transport transport) {
    Binding binding = session.bind(transport);
    if (binding == Binding.FIRST) {
      attached.put(session.token(), session);
      leavePending(session);
      SessionLog.attached(session.id(), transport);
    }
    return binding;
  }

  /**
   * Which limit keeps a request from opening a connection now, or null. Of use before it is given
   * something to open; what decides is {@link #admit}.
   */
  public @Nullable Limit reachedBy(String endpoint, ConnectionRequest request) {
    return counted(quota.reachedBy(request), endpoint, request);
  }

  /**
   * Takes a place for a session that was just attached, for as long as it lives.
   *
   * @param request the one that attached it
   * @return the limit that stands in the way, or null. The session must be {@linkplain
   *     Session#ended ended} if there is one
   */
  public @Nullable Limit admit(Session session, ConnectionRequest request) {
    Places.Outcome outcome = quota.take(request);
    if (outcome.place() != null) {
      session.hold(outcome.place());
    }
    return counted(outcome.reached(), session.endpoint(), request);
  }

  /** What was refused for limits. */
  public Refusals refusals() {
    return refusals;
  }

  /** What clients tried before they had their transports. */
  public TransportHistory history() {
    return history;
  }

  /**
   * Why connections ended, ever, with every reason in it. A session that was negotiated and got no
   * transport in time counts as a connection.
   */
  public Map<CloseReason, Long> closeReasons() {
    return closed.snapshot();
  }

  /** The periodic upkeep: counts what expired and frees its place. To be called each second. */
  public void scan() {
    pending.cleanUp();
  }

  /**
   * Takes no more sessions, and has {@link #sweep} close connections at a pace. Pending sessions
   * may still get their transports. Called once.
   *
   * @param elsewhere where clients that negotiate are sent
   * @param nowNanos as for {@link #sweep}
   */
  public void drain(
      CloseReason reason, int connectionsPerSecond, NegotiateInterceptor elsewhere, long nowNanos) {
    Drain drain = new Drain(reason, connectionsPerSecond, nowNanos);
    leaving = new Leaving(drain, elsewhere);
    // One that is opened meanwhile may come twice, which does no harm.
    for (Session session : attached.values()) {
      TransportConnection connection = session.openedConnection();
      if (connection != null) {
        drain.add(connection);
      }
    }
  }

  /**
   * Closes connections that are drained and whose turn has come. Called several times a second, by
   * one thread.
   *
   * @param nowNanos nanoseconds since an arbitrary origin
   */
  public void sweep(long nowNanos) {
    Leaving known = leaving;
    if (known != null) {
      known.drain().sweep(nowNanos);
    }
  }

  /** Where a client that negotiates is to go instead, or null. */
  public @Nullable Redirect redirect(ConnectionRequest request) {
    Leaving known = leaving;
    return known == null ? null : known.elsewhere().redirect(request);
  }

  /** Whether no more sessions are taken: the table is drained or closed. */
  public boolean isLeaving() {
    return leaving != null || isClosing();
  }

  /**
   * Closes every connection and takes no more. Pending sessions are forgotten; a connection that is
   * just being opened is closed as soon as it is.
   *
   * @return completes when the last connection has ended
   */
  public CompletionStage<Void> closeAll(CloseReason reason) {
    closing = reason;
    SessionLog.closing(attached.size(), reason);
    for (Session session : pending.asMap().values()) {
      forget(session);
    }
    for (Session session : attached.values()) {
      TransportConnection connection = session.openedConnection();
      if (connection != null) {
        connection.close(reason);
      }
    }
    completeIfDrained();
    return drained;
  }

  /** Whether {@link #closeAll} was called. */
  public boolean isClosing() {
    return closing != null;
  }

  /** Sessions that were negotiated, ever. */
  public long negotiatedCount() {
    return negotiated.sum();
  }

  /** Sessions that were negotiated and got no transport in time, ever. */
  public long expiredCount() {
    return expired.sum();
  }

  /** Negotiations that were refused, ever. */
  public long refusedCount() {
    return refused.sum();
  }

  /** Sessions that wait for their first transport request now. */
  public int pendingCount() {
    return limits.maxPending() - places.availablePermits();
  }

  /** Sessions with a transport now. */
  public int attachedCount() {
    return attached.size();
  }

  void opened(TransportConnection connection) {
    CloseReason reason = closing;
    Leaving known = leaving;
    if (reason != null) {
      connection.close(reason);
    } else if (known != null) {
      known.drain().add(connection);
    }
  }

  void closed(CloseReason reason) {
    closed.count(reason);
  }

  void ended(Session session) {
    attached.remove(session.token(), session);
    session.letGo();
    SessionLog.ended(session.id());
    completeIfDrained();
  }

  private @Nullable Limit counted(
      @Nullable Limit reached, String endpoint, ConnectionRequest request) {
    if (reached != null) {
      refusals.count(reached, endpoint, request);
    }
    return reached;
  }

  private void completeIfDrained() {
    if (isClosing() && attached.isEmpty()) {
      drained.complete(null);
    }
  }

  private boolean takePlace(String endpoint) {
    if (places.tryAcquire()) {
      return true;
    }
    pending.cleanUp();
    if (places.tryAcquire()) {
      return true;
    }
    refusals.count(Limit.PENDING_NEGOTIATIONS, endpoint, "everybody");
    return false;
  }

  private void forget(Session session) {
    session.expire();
    leavePending(session);
  }

  private void leavePending(Session session) {
    if (pending.asMap().remove(session.token(), session)) {
      places.release();
    }
  }

  /** Caffeine's call for an entry that left by expiry, whoever notices it. */
  private void evicted(
      @Nullable ConnectionToken token, @Nullable Session session, RemovalCause cause) {
    places.release();
    if (session != null && session.expire()) {
      expired.increment();
      closed.count(CloseReason.DISCONNECT_TIMEOUT);
      SessionLog.expired(session.id(), session.endpoint());
    }
  }
}
