package dev.hubwire.transport.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.DowngradeCause;
import dev.hubwire.transport.TransportDowngrade;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What clients tried lately, so that one that ends up with a lesser transport can be told why. A
 * client is known by its address and user agent; several behind one address may be taken for one,
 * so what comes out is likely and not certain. Thread-safe; never waits for anything but another
 * look at the same client.
 */
public final class TransportHistory {
  /** Longer than a client waits for a transport before it tries the next. */
  private static final Duration MEMORY = Duration.ofMinutes(2);

  /** About 2 MB when full. */
  private static final int MOST_CLIENTS = 10_000;

  private final Cache<Client, ClientHistory> clients;
  private final ConcurrentMap<TransportDowngrade, LongAdder> counts = new ConcurrentHashMap<>();

  private final Report report;

  /**
   * @param executor runs the upkeep of the memory; short, non-blocking tasks
   */
  TransportHistory(Ticker ticker, Executor executor) {
    this(ticker, executor, SessionLog::downgraded);
  }

  TransportHistory(Ticker ticker, Executor executor, Report report) {
    this.report = report;
    this.clients =
        Caffeine.newBuilder()
            .expireAfterAccess(MEMORY)
            .maximumSize(MOST_CLIENTS)
            .ticker(ticker)
            .executor(executor)
            .build();
  }

  /** Says in the log what happened to a client. */
  @FunctionalInterface
  interface Report {
    void downgraded(ConnectionId id, ConnectionRequest request, TransportDowngrade downgrade);
  }

  /** What tells clients apart; a hash of what they say of themselves, for they may say a lot. */
  private record Client(@Nullable InetAddress address, int selfPortrait) {
    static Client of(ConnectionRequest request) {
      InetSocketAddress remote = request.remoteAddress();
      return new Client(
          remote == null ? null : remote.getAddress(),
          Objects.hash(request.header("User-Agent"), request.header("X-Forwarded-For")));
    }
  }

  /** A client has a new session, and will try something. */
  public void negotiated(ConnectionRequest request, Session session) {
    of(request).negotiated(session.progress());
  }

  /**
   * Whether the client had an event stream lately that did not reach it while it was open:
   * something on the way collects responses, whatever their headers say.
   */
  public boolean eventsAreHeldBack(ConnectionRequest request) {
    return of(request).eventsAreHeldBack();
  }

  /** A GET looked like a WebSocket handshake and was none. */
  public void sawStrippedHandshake(ConnectionRequest request) {
    of(request).saw(DowngradeCause.UPGRADE_HEADERS_STRIPPED);
  }

  /** A WebSocket handshake was refused. */
  public void sawRefusedHandshake(ConnectionRequest request) {
    of(request).saw(DowngradeCause.HANDSHAKE_REFUSED);
  }

  /** A request came with another node's token. */
  public void sawForeignToken(ConnectionRequest request) {
    of(request).saw(DowngradeCause.WRONG_NODE);
  }

  /**
   * A session has its transport. If that is not the best one it was offered, the likely cause is
   * counted and logged; the log has one line for a client and cause as long as it is remembered.
   *
   * @return the downgrade, or null
   */
  public @Nullable TransportDowngrade attached(ConnectionRequest request, Session session) {
    Transport got = session.transport();
    Transport best = session.transports().stream().min(Comparator.naturalOrder()).orElse(got);
    ClientHistory history = of(request);
    if (got == null || best == null || got == best) {
      history.settled(session.progress());
      return null;
    }
    DowngradeCause cause = history.causeOf(session.progress(), best);
    TransportDowngrade downgrade = new TransportDowngrade(best, got, cause);
    counts.computeIfAbsent(downgrade, unused -> new LongAdder()).increment();
    if (history.firstReportOf(downgrade)) {
      report.downgraded(session.id(), request, downgrade);
    }
    history.settled(session.progress());
    return downgrade;
  }

  /** How often each happened, ever. */
  public Map<TransportDowngrade, Long> snapshot() {
    return counts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, count -> count.getValue().sum()));
  }

  private ClientHistory of(ConnectionRequest request) {
    return clients.get(Client.of(request), unused -> new ClientHistory());
  }
}
