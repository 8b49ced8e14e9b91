package dev.hubwire.server;

import dev.hubwire.backplane.BackplaneFactory;
import dev.hubwire.backplane.LocalBackplane;
import dev.hubwire.cluster.Forwarding;
import dev.hubwire.dispatch.FilterSource;
import dev.hubwire.dispatch.HubExtensions;
import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.Filters;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubObserver;
import dev.hubwire.hub.MemberNaming;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Puts a server together. Not thread-safe. */
public final class HubServerBuilder {
  private final List<Mapping> mappings = new ArrayList<>();
  private HttpHandler fallback = ResponseCodeHandler.HANDLE_404;
  private UnaryOperator<HttpHandler> inFront = UnaryOperator.identity();
  private @Nullable String readiness;
  private @Nullable NodeName node;
  private @Nullable Forwarding forwarding;
  private BackplaneFactory backplane = hub -> new LocalBackplane(hub.connections());
  private final List<Listener> listeners = new ArrayList<>();
  private int ioThreads = Runtime.getRuntime().availableProcessors();
  private Duration scanInterval = Duration.ofSeconds(1);
  private ServerLimits limits = ServerLimits.defaults();
  private Consumer<? super JsonMapper.Builder> jsonMapper = mapper -> {};
  private MemberNaming messagePackNaming = MemberNaming.PASCAL_CASE;
  private final List<FilterSource> filters = new ArrayList<>();
  private final Map<String, Predicate<User>> policies = new HashMap<>();
  private ServiceResolver services = ServiceResolver.NONE;
  private @Nullable HubObserver observer;

  HubServerBuilder() {}

  /** What is mapped to a path; applied when the server is made. */
  interface Mapping {
    void addTo(HubHandler.Parts parts);
  }

  /** As {@link #hub(String, Supplier, Consumer)}, with default options. */
  public <C> HubServerBuilder hub(String path, Supplier<? extends Hub<C>> factory) {
    return hub(path, factory, options -> {});
  }

  /**
   * Maps a hub to a path. A hub class that is mapped to several paths is one hub there: its
   * clients, groups and users are the same.
   *
   * @param path starts with a slash; letter case makes no difference
   * @param factory makes a new hub for each call, on any thread; called once when the server is
   *     made, to learn the hub's class
   */
  public <C> HubServerBuilder hub(
      String path, Supplier<? extends Hub<C>> factory, Consumer<HubOptions.Builder> configure) {
    HubOptions options = configured(configure);
    mappings.add(parts -> parts.addHub(path, factory, options));
    return this;
  }

  /**
   * As {@link #hub(String, Supplier, Consumer)} for a hub that cannot be made just to be looked at.
   *
   * @param hubClass the class of what the factory makes
   */
  public <C, H extends Hub<C>> HubServerBuilder hub(
      String path,
      Class<H> hubClass,
      Supplier<? extends H> factory,
      Consumer<HubOptions.Builder> configure) {
    HubOptions options = configured(configure);
    mappings.add(parts -> parts.addHub(path, hubClass, factory, options));
    return this;
  }

  /** As {@link #hub(String, Class, Consumer)}, with default options. */
  public <C, H extends Hub<C>> HubServerBuilder hub(String path, Class<H> hubClass) {
    return hub(path, hubClass, options -> {});
  }

  /**
   * As {@link #hub(String, Supplier, Consumer)} for a hub that is made of {@linkplain #services
   * services}: it is one itself, or has one public constructor, each parameter of which is one.
   * Whether they are there shows when a client connects, which is closed if they are not.
   */
  public <C, H extends Hub<C>> HubServerBuilder hub(
      String path, Class<H> hubClass, Consumer<HubOptions.Builder> configure) {
    HubOptions options = configured(configure);
    mappings.add(parts -> parts.addHub(path, hubClass, options));
    return this;
  }

  /**
   * Puts a filter around everything of every hub, inside those that were added before and outside
   * those of the hubs; hubs that were mapped before have it, too.
   *
   * @param filter serves all calls, on any thread
   */
  public HubServerBuilder filter(HubFilter filter) {
    filters.add(new FilterSource.Shared(filter));
    return this;
  }

  /**
   * As {@link #filter(HubFilter)}, with a filter of its own for each call.
   *
   * @param filter made as {@link Filters} says
   */
  public HubServerBuilder filter(Class<? extends HubFilter> filter) {
    filters.add(new FilterSource.PerCall(filter));
    return this;
  }

  /**
   * Gives a name to what {@link Authorize} can ask of users.
   *
   * @param policy asked for each request or call, of authenticated users only, on IO threads: it
   *     must not block. What it throws is answered as a failure, not as a refusal.
   */
  public HubServerBuilder policy(String name, Predicate<User> policy) {
    if (name.isEmpty() || policies.putIfAbsent(name, policy) != null) {
      throw new IllegalArgumentException(
          "policy: '" + name + "' (expected: a name that is not taken)");
    }
    return this;
  }

  /**
   * Where hubs, parameters of their methods, and filters that are classes are had from. Default:
   * nowhere.
   */
  public HubServerBuilder services(ServiceResolver value) {
    this.services = Objects.requireNonNull(value, "services");
    return this;
  }

  /**
   * Who hears of every call and callback. With one, no method runs {@linkplain
   * dev.hubwire.hub.Inline inline}. Default: nobody.
   */
  public HubServerBuilder observer(HubObserver value) {
    this.observer = Objects.requireNonNull(value, "observer");
    return this;
  }

  /** Maps code that speaks bytes, without a hub, to a path. */
  public HubServerBuilder connectionHandler(
      String path, ConnectionHandler handler, Consumer<TransportOptions.Builder> configure) {
    TransportOptions.Builder options = TransportOptions.builder();
    configure.accept(options);
    TransportOptions built = options.build();
    mappings.add(parts -> parts.addConnectionHandler(path, handler, built));
    return this;
  }

  /**
   * A handler that every request passes first: Undertow's own authentication, or what tells the
   * client's address behind a proxy. It may go on on any thread. Default: none.
   *
   * @param wrapper is given the handler to go on with
   */
  public HubServerBuilder inFront(UnaryOperator<HttpHandler> wrapper) {
    this.inFront = Objects.requireNonNull(wrapper, "wrapper");
    return this;
  }

  /**
   * What joins the hubs with those of other servers. Default: {@link LocalBackplane}, for a server
   * that is alone.
   */
  public HubServerBuilder backplane(BackplaneFactory factory) {
    this.backplane = Objects.requireNonNull(factory, "factory");
    return this;
  }

  /** Handles the requests for every other path. Default: 404. */
  public HubServerBuilder fallback(HttpHandler handler) {
    this.fallback = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /**
   * A path that tells balancers whether to send new clients: 200 as long as the server {@linkplain
   * HubServer#isReady is ready}, then 503. Default: none.
   *
   * @param path starts with a slash
   */
  public HubServerBuilder readiness(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("readiness: " + path + " (expected: /...)");
    }
    this.readiness = path;
    return this;
  }

  /**
   * The name of this process among others that serve the same hubs; {@link NodeName} says what it
   * may be. Default: none.
   */
  public HubServerBuilder node(String name) {
    this.node = new NodeName(name);
    return this;
  }

  /**
   * Has requests that come here, and are for a connection of another node, taken there, so that the
   * load balancer needs no sticky sessions. Needs a {@linkplain #node name}. Default: such requests
   * are answered 404, in words.
   */
  public HubServerBuilder forwarding(Forwarding value) {
    this.forwarding = Objects.requireNonNull(value, "forwarding");
    return this;
  }

  /**
   * Where to listen; several are possible. Default: {@code 127.0.0.1}, port 8080, unless there is a
   * {@linkplain #listenTls listener with TLS}.
   *
   * @param port 0 for any free one
   */
  public HubServerBuilder listen(String host, int port) {
    listeners.add(new Listener(host, port, null));
    return this;
  }

  /**
   * Where to listen for {@code https} and {@code wss}. Clients that know HTTP/2 use it for
   * everything but WebSockets.
   *
   * @param port 0 for any free one
   */
  public HubServerBuilder listenTls(String host, int port, TlsKeys keys) {
    listeners.add(new Listener(host, port, keys));
    return this;
  }

  /** How many threads move bytes. Default: one for each processor. */
  public HubServerBuilder ioThreads(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("ioThreads: " + value + " (expected: >= 1)");
    }
    this.ioThreads = value;
    return this;
  }

  /**
   * Time between two looks at all connections: the grain of pings and time-outs. Default one
   * second.
   */
  public HubServerBuilder scanInterval(Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("scanInterval: " + value + " (expected: > 0)");
    }
    this.scanInterval = value;
    return this;
  }

  /** What clients may use up. Default {@link ServerLimits#defaults}. */
  public HubServerBuilder limits(ServerLimits value) {
    this.limits = Objects.requireNonNull(value, "limits");
    return this;
  }

  /**
   * Changes how values of all hubs look in JSON: modules, mix-ins, formats. Default: as the
   * reference server writes and reads them.
   *
   * @param change is given the mapper's builder with these defaults set; called once or twice when
   *     the server is made
   */
  public HubServerBuilder jsonMapper(Consumer<? super JsonMapper.Builder> change) {
    this.jsonMapper = Objects.requireNonNull(change, "change");
    return this;
  }

  /**
   * How members of records and beans are called in MessagePack. Default {@link
   * MemberNaming#PASCAL_CASE}, as from a server in .NET.
   */
  public HubServerBuilder messagePackNaming(MemberNaming value) {
    this.messagePackNaming = Objects.requireNonNull(value, "messagePackNaming");
    return this;
  }

  /**
   * Makes the hubs without a server, for an Undertow of your own.
   *
   * @throws IllegalArgumentException if a hub class cannot work; the message says what to change
   */
  public HubHandler toHandler() {
    HubProtocols protocols = new HubProtocols(jsonMapper, messagePackNaming);
    HubExtensions extensions = new HubExtensions(filters, services, policies, observer);
    HubHandler.Peers peers = new HubHandler.Peers(node, backplane, forwarding);
    HubHandler.Parts parts =
        new HubHandler.Parts(peers, scanInterval, limits, protocols, extensions);
    try {
      mappings.forEach(mapping -> mapping.addTo(parts));
      return parts.build(fallback, readiness);
    } catch (RuntimeException e) {
      parts.discard();
      throw e;
    }
  }

  /**
   * Makes the server and starts it.
   *
   * @throws IllegalArgumentException if a hub class cannot work; the message says what to change
   * @throws RuntimeException if it cannot listen there
   */
  public HubServer start() {
    HubHandler hubs = toHandler();
    List<Listener> all = listeners.isEmpty() ? List.of(Listener.DEFAULT) : listeners;
    try {
      HttpServer http =
          HttpServer.start(all, ioThreads, inFront.apply(hubs), limits, hubs.refusalCounts());
      return new HubServer(hubs, http);
    } catch (RuntimeException e) {
      hubs.close();
      throw e;
    }
  }

  private static HubOptions configured(Consumer<HubOptions.Builder> configure) {
    HubOptions.Builder options = HubOptions.builder();
    configure.accept(options);
    return options.build();
  }
}
