package dev.hubwire.server;

import dev.hubwire.backplane.BackplaneFactory;
import dev.hubwire.backplane.LocalHub;
import dev.hubwire.cluster.Forwarding;
import dev.hubwire.cluster.ForwardingOutcome;
import dev.hubwire.cluster.NodeForwarder;
import dev.hubwire.dispatch.FilterSource;
import dev.hubwire.dispatch.HubExtensions;
import dev.hubwire.dispatch.HubRuntime;
import dev.hubwire.dispatch.HubType;
import dev.hubwire.dispatch.Requirement;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubContext;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.registry.BackplaneHubContext;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.registry.Lanes;
import dev.hubwire.registry.Waiting;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.EndpointPolicy;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.TransportDowngrade;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.buffer.BufferPool;
import dev.hubwire.transport.endpoint.Endpoint;
import dev.hubwire.transport.endpoint.EndpointServices;
import dev.hubwire.transport.endpoint.HeadLimiter;
import dev.hubwire.transport.endpoint.TransportStarter;
import dev.hubwire.transport.http.UploadHandler;
import dev.hubwire.transport.longpoll.LongPollingStarter;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.session.ConnectionTable;
import dev.hubwire.transport.session.Refusals;
import dev.hubwire.transport.sse.SseStarter;
import dev.hubwire.transport.websocket.WebSocketStarter;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hubs as a handler of HTTP requests, for an Undertow that is started and stopped elsewhere. Close
 * it before that Undertow stops, so that clients hear of it. Thread-safe.
 */
public final class HubHandler implements HttpHandler, AutoCloseable {
  /** How long clients have to take what was sent to them when the server stops. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration TABLE_SCAN_INTERVAL = Duration.ofSeconds(1);

  /** Time between two looks at the connections of a server that is drained. */
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(20);

  private final HttpHandler endpoints;
  private final Map<Class<?>, SharedHub<?>> hubs;
  private final ConnectionTable table;
  private final IoLoops loops;
  private final Upkeep upkeep;
  private final BufferPool pool;
  private final @Nullable NodeForwarder forwarder;
  private final Draining draining;

  private HubHandler(Parts parts, HttpHandler endpoints) {
    this.endpoints = endpoints;
    this.hubs = Map.copyOf(parts.hubs);
    this.table = parts.table;
    this.loops = parts.loops;
    this.upkeep = parts.upkeep;
    this.pool = parts.pool;
    this.forwarder = parts.forwarder;
    this.draining = parts.draining;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    endpoints.handleRequest(exchange);
  }

  /** As {@link HubServer#hubContext}. */
  public <C> HubContext<C> hubContext(Class<? extends Hub<C>> hubClass) {
    SharedHub<?> hub = hubs.get(hubClass);
    if (hub == null) {
      throw new IllegalArgumentException(
          "hubClass: " + hubClass.getName() + " (expected: a hub that is mapped to a path)");
    }
    @SuppressWarnings("unchecked") // Found by its class, which decides C.
    HubContext<C> context = (HubContext<C>) hub.context();
    return context;
  }

  /** As {@link HubServer#refusals}. */
  public Map<Limit, Long> refusals() {
    return table.refusals().snapshot();
  }

  /** As {@link HubServer#transportDowngrades}. */
  public Map<TransportDowngrade, Long> transportDowngrades() {
    return table.history().snapshot();
  }

  /** As {@link HubServer#closeReasons}. */
  public Map<CloseReason, Long> closeReasons() {
    return table.closeReasons();
  }

  /** As {@link HubServer#forwardedRequests}. */
  public Map<ForwardingOutcome, Long> forwardedRequests() {
    return forwarder == null ? Map.of() : forwarder.snapshot();
  }

  /** As {@link HubServer#isReady}. */
  public boolean isReady() {
    return draining.isReady();
  }

  /** As {@link HubServer#drain}. */
  public CompletionStage<@Nullable Void> drain(DrainOptions options) {
    return draining.begin(options);
  }

  Refusals refusalCounts() {
    return table.refusals();
  }

  /** Nothing but nought when nobody is connected; what tests of leaks look at. */
  record Holdings(int sessions, int members, int loopMembers, long buffers) {}

  /** Any thread but a lane's; blocks until every loop has answered. */
  Holdings holdings() {
    int members = hubs.values().stream().mapToInt(hub -> hub.registry().size()).sum();
    return new Holdings(
        table.attachedCount() + table.pendingCount(), members, loops.members(), pool.outstanding());
  }

  /**
   * Tells clients to come back and closes their connections; blocks until they are closed, some
   * seconds at most.
   */
  @Override
  public void close() {
    try {
      var unused =
          table
              .closeAll(CloseReason.SERVER_SHUTDOWN)
              .toCompletableFuture()
              .get(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      ServerLog.drainTimedOut(table.attachedCount());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("draining never fails", e);
    } finally {
      hubs.values().forEach(hub -> hub.context().backplane().close());
      upkeep.close();
      loops.close();
      draining.end();
    }
  }

  /**
   * One hub class on this server, wherever it is mapped.
   *
   * @param protocols offered at any of its paths; complete when the handler is made
   */
  private record SharedHub<C>(
      HubRegistry registry, List<HubProtocol> protocols, BackplaneHubContext<C> context) {

    void addProtocols(List<HubProtocol> offered) {
      for (HubProtocol protocol : offered) {
        if (protocols.stream().noneMatch(known -> known.name().equals(protocol.name()))) {
          protocols.add(protocol);
        }
      }
    }
  }

  /** Who this process is among others that serve the same hubs, and how it reaches them. */
  record Peers(
      @Nullable NodeName node, BackplaneFactory backplane, @Nullable Forwarding forwarding) {}

  /** Collects what is mapped, then makes the handler. */
  static final class Parts {
    private final HubProtocols protocols;
    private final HubExtensions extensions;
    private final BackplaneFactory backplane;
    private final @Nullable NodeForwarder forwarder;
    private final ServerLimits limits;
    private final LongSupplier nanoClock = System::nanoTime;
    private final InstantSource timeOfDay = InstantSource.system();
    private final Executor threads = Thread.ofVirtual().name("hub-", 0)::start;
    private final BufferPool pool = new BufferPool();
    private final Lanes lanes = new Lanes();
    private final Upkeep upkeep = new Upkeep();
    private final Waiting waiting = new Waiting(threads, upkeep::after, lanes);
    private final IoLoops loops;
    private final ConnectionTable table;
    private final Draining draining;
    private final EndpointServices services;
    private final Map<Class<?>, SharedHub<?>> hubs = new HashMap<>();
    private final Set<String> paths = new HashSet<>();
    private final List<EndpointFactory> endpoints = new ArrayList<>();

    private interface EndpointFactory {
      HttpHandler before(HttpHandler next);
    }

    Parts(
        Peers peers,
        Duration scanInterval,
        ServerLimits limits,
        HubProtocols protocols,
        HubExtensions extensions) {
      this.protocols = protocols;
      this.extensions = extensions;
      this.backplane = peers.backplane();
      NodeName node = peers.node();
      this.forwarder = forwarder(peers);
      this.limits = limits;
      this.loops = new IoLoops(scanInterval, nanoClock, timeOfDay);
      this.table =
          new ConnectionTable(
              new RandomIdentityGenerator(new SecureRandom(), node),
              limits.table(),
              nanoClock::getAsLong,
              upkeep);
      this.draining = new Draining(table, nanoClock, sweep -> upkeep.every(SWEEP_INTERVAL, sweep));
      this.services =
          new EndpointServices(
              table,
              starters(loops, limits.table().disconnectTimeout()),
              new UploadHandler(limits.uploads(), table.refusals(), nanoClock),
              WebSocketStarter::isHandshake,
              new EndpointServices.Surroundings(node, timeOfDay, forwarder));
    }

    private @Nullable NodeForwarder forwarder(Peers peers) {
      Forwarding forwarding = peers.forwarding();
      if (forwarding == null) {
        return null;
      }
      if (peers.node() == null) {
        throw new IllegalArgumentException(
            "forwarding: without a node name (expected: node(...) too, so that tokens carry it)");
      }
      return new NodeForwarder(forwarding, peers.node(), timeOfDay);
    }

    private static Map<Transport, TransportStarter> starters(
        IoLoops loops, Duration disconnectTimeout) {
      return Map.of(
          Transport.WEB_SOCKETS, new WebSocketStarter(loops, disconnectTimeout),
          Transport.SERVER_SENT_EVENTS, new SseStarter(loops),
          Transport.LONG_POLLING, new LongPollingStarter(loops, disconnectTimeout));
    }

    <C> void addHub(String path, Supplier<? extends Hub<C>> factory, HubOptions options) {
      addHub(path, HubType.of(factory, extensions(options)), options);
    }

    <C, H extends Hub<C>> void addHub(
        String path, Class<H> hubClass, Supplier<? extends H> factory, HubOptions options) {
      addHub(path, HubType.of(hubClass, factory, extensions(options)), options);
    }

    <C, H extends Hub<C>> void addHub(String path, Class<H> hubClass, HubOptions options) {
      addHub(path, HubType.of(hubClass, extensions(options)), options);
    }

    /** What is around all hubs, with what is around this one inside. */
    private HubExtensions extensions(HubOptions options) {
      List<FilterSource> filters = new ArrayList<>(extensions.filters());
      filters.addAll(options.filters());
      return new HubExtensions(
          filters, extensions.services(), extensions.policies(), extensions.observer());
    }

    void addConnectionHandler(String path, ConnectionHandler handler, TransportOptions options) {
      if (!paths.add(path.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("path: " + path + " is taken (expected: another)");
      }
      endpoints.add(next -> new Endpoint(path, options, handler, services, next));
    }

    /**
     * @param readiness a path that tells balancers whether to send clients, or null for none
     */
    HubHandler build(HttpHandler fallback, @Nullable String readiness) {
      HttpHandler chain =
          readiness == null ? fallback : new Readiness(readiness, draining::isReady, fallback);
      for (EndpointFactory endpoint : endpoints.reversed()) {
        chain = endpoint.before(chain);
      }
      upkeep.every(TABLE_SCAN_INTERVAL, table::scan);
      HttpHandler limited =
          new HeadLimiter(limits.maxUrlBytes(), limits.maxHeaderBytes(), table.refusals(), chain);
      return new HubHandler(this, forwarder == null ? limited : forwarder.receiving(limited));
    }

    /** Ends what was begun for a handler that could not be made. */
    void discard() {
      hubs.values().forEach(hub -> hub.context().backplane().close());
      upkeep.close();
      loops.close();
    }

    private <C> void addHub(String path, HubType<? extends Hub<C>, C> type, HubOptions options) {
      SharedHub<C> shared = shared(type);
      List<HubProtocol> offered = protocols.offeredBy(options);
      shared.addProtocols(offered);
      HubRuntime<C> runtime =
          new HubRuntime<>(
              type,
              options.settings(),
              offered,
              shared.registry(),
              shared.context(),
              new HubRuntime.Surroundings(threads, nanoClock, upkeep::after));
      addConnectionHandler(path, runtime, guarded(options.transport(), type.requirements()));
    }

    /** What the hub's class asks of its users is asked of every request. */
    private static TransportOptions guarded(
        TransportOptions options, List<Requirement> requirements) {
      if (requirements.isEmpty()) {
        return options;
      }
      EndpointPolicy configured = options.policy();
      return options.toBuilder()
          .policy(
              user ->
                  configured.permits(user)
                      && requirements.stream().allMatch(requirement -> requirement.isMetBy(user)))
          .build();
    }

    private <C> SharedHub<C> shared(HubType<? extends Hub<C>, C> type) {
      @SuppressWarnings("unchecked") // Found by the hub's class, which decides C.
      SharedHub<C> shared =
          (SharedHub<C>) hubs.computeIfAbsent(type.hubClass(), unused -> newShared(type));
      return shared;
    }

    private <C> SharedHub<C> newShared(HubType<? extends Hub<C>, C> type) {
      HubRegistry registry = new HubRegistry(lanes, pool);
      List<HubProtocol> spoken = new CopyOnWriteArrayList<>();
      LocalHub hub = new LocalHub(type.hubClass(), Collections.unmodifiableList(spoken), registry);
      return new SharedHub<>(
          registry,
          spoken,
          new BackplaneHubContext<>(type.clientInterface(), backplane.join(hub), waiting));
    }
  }
}
