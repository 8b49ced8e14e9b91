package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.BackplaneFactory;
import dev.hubwire.backplane.LocalHub;
import dev.hubwire.cluster.NodeAddress;
import dev.hubwire.negotiation.token.NodeName;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins the hubs of a server with those of other servers on the same Redis, be they of this kind or
 * ASP.NET Core SignalR with its Redis backplane. Thread-safe.
 *
 * <pre>{@code
 * HubServer server = HubServer.builder()
 *     .hub("/chat", ChatHub::new)
 *     .backplane(RedisBackplane.at("redis://10.0.0.5"))
 *     .start();
 * }</pre>
 *
 * <p>A server starts and serves whether Redis is there or not, and connects again by itself; {@code
 * docs/backplane.md} says what works meanwhile.
 */
public final class RedisBackplane implements BackplaneFactory {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
  public static final Duration DEFAULT_ACK_TIMEOUT = Duration.ofSeconds(30);

  private final RedisSettings settings;
  private final RedisClients clients;
  private final RedisHealthListener listener;

  /** Hubs that were joined and not closed. */
  private final Set<RedisHubBackplane> joined = ConcurrentHashMap.newKeySet();

  private RedisBackplane(Builder builder) {
    this.settings = builder.settings();
    this.clients = new RedisClients(builder.timeout, builder.tls);
    this.listener = builder.listener;
  }

  /**
   * With default settings.
   *
   * @param uri as for {@link Builder#uri}
   */
  public static RedisBackplane at(String uri) {
    return builder().uri(uri).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Backplane join(LocalHub hub) {
    return joinHub(hub);
  }

  RedisHubBackplane joinHub(LocalHub hub) {
    RedisHubBackplane backplane = new RedisHubBackplane(hub, settings, clients, new Owner());
    joined.add(backplane);
    return backplane.start();
  }

  /**
   * Announces a node on this Redis, and finds the others that are announced there, so that they can
   * forward misrouted requests to each other. Returns when that has been done or has failed, or
   * after the timeout; it goes on in the background until it is closed. To be closed by whoever
   * asked for it, after the node's server.
   *
   * <p>Keys begin with the channel prefix. It needs a single Redis, or sentinels: of a cluster, the
   * node that is asked has not all keys.
   *
   * @param name of this node, as {@code HubServer.builder().node(...)} has it
   * @param address at which the other nodes reach this one: {@code http} or {@code https}, host and
   *     port, without a path
   * @throws IllegalArgumentException if the name or the address cannot be one
   */
  public RedisNodeDirectory nodeDirectory(String name, URI address) {
    NodeName here = new NodeName(name);
    URI checked = NodeAddress.check(address);
    RedisNodeStore store =
        new RedisNodeStore(clients, settings.addresses(), settings.channelPrefix());
    ScheduledExecutorService upkeep = store.upkeep();
    return new RedisNodeDirectory(here, checked, store, upkeep, settings.nanoClock())
        .start(upkeep, settings.timeout());
  }

  /** Whether messages of every joined hub travel between servers at the moment. */
  public boolean isHealthy() {
    return joined.stream().allMatch(RedisHubBackplane::isHealthy);
  }

  private final class Owner implements RedisHubBackplane.Owner {
    @Override
    public void healthChanged(String hubName, boolean healthy) {
      try {
        listener.onHealthChange(hubName, healthy);
      } catch (RuntimeException e) {
        RedisLog.listenerFailed(hubName, e);
      }
    }

    @Override
    public void closed(RedisHubBackplane hub) {
      joined.remove(hub);
    }
  }

  /** Collects settings. Not thread-safe; reusable after {@link #build()}. */
  public static final class Builder {
    private final List<RedisURI> addresses = new ArrayList<>();
    private final Map<Class<?>, String> hubNames = new HashMap<>();
    private String channelPrefix = "";
    private Supplier<String> serverNames = Builder::newServerName;
    private Duration timeout = DEFAULT_TIMEOUT;
    private Duration ackTimeout = DEFAULT_ACK_TIMEOUT;
    private WhenAway whenAway = WhenAway.FAIL;
    private SslOptions tls = SslOptions.create();
    private RedisHealthListener listener = (hubName, healthy) -> {};
    private @Nullable RedisCredentialsProvider credentials;

    private Builder() {}

    /**
     * Where Redis is: {@code redis://host:port}, with TLS {@code rediss://host:port}, or the master
     * that sentinels name, {@code redis-sentinel://host1,host2,host3#mymaster}. Of a cluster, name
     * several nodes, one by one: each of them carries every message, and the next is used when one
     * cannot be. Default: {@code redis://127.0.0.1:6379}.
     *
     * @param value may have {@code user:password@} in front of the host; never logged
     * @throws IllegalArgumentException if this is no such URI
     */
    public Builder uri(String value) {
      addresses.add(RedisURI.create(value));
      return this;
    }

    /**
     * Who this server is to Redis, instead of what URIs say; never logged. Default: what URIs say.
     *
     * @param user null for Redis' default user
     */
    public Builder credentials(@Nullable String user, String password) {
      Objects.requireNonNull(password, "password");
      this.credentials = RedisCredentialsProvider.from(() -> RedisCredentials.just(user, password));
      return this;
    }

    /**
     * The certificates that those of Redis, or their issuers, have to be among. Default: those of
     * the JDK.
     *
     * @param pem a file with one or more certificates
     */
    public Builder trustedCertificates(Path pem) {
      this.tls = SslOptions.builder().jdkSslProvider().trustManager(pem.toFile()).build();
      return this;
    }

    /**
     * Goes in front of every channel, with nothing in between, so that applications can share one
     * Redis. Must be the same on all servers; .NET calls it {@code ChannelPrefix}. Default: none.
     */
    public Builder channelPrefix(String value) {
      this.channelPrefix = Objects.requireNonNull(value, "channelPrefix");
      return this;
    }

    /**
     * The name of a hub on the backplane, the same on all servers that serve it. Where .NET servers
     * take part, the full name of their hub's type, such as {@code Demo.ChatHub}. Default: the full
     * name of the Java class, with {@code +} before the name of a nested one.
     */
    public Builder hubName(Class<?> hubClass, String value) {
      if (value.isEmpty()) {
        throw new IllegalArgumentException(
            "hubName of " + hubClass.getName() + ": empty (expected: the full name of a type)");
      }
      hubNames.put(hubClass, value);
      return this;
    }

    /**
     * Makes the name by which a hub of this server is answered; no two may be the same on one
     * Redis. Default: the name of the machine and a random number.
     */
    public Builder serverNames(Supplier<String> value) {
      this.serverNames = Objects.requireNonNull(value, "serverNames");
      return this;
    }

    /**
     * How long Redis may take to accept a connection, and to answer a command. A Redis that takes
     * longer counts as away. Default {@link #DEFAULT_TIMEOUT}.
     */
    public Builder timeout(Duration value) {
      this.timeout = positive(value, "timeout");
      return this;
    }

    /**
     * How long to wait for the server that holds a connection to change one of its groups. Default
     * {@link #DEFAULT_ACK_TIMEOUT}.
     */
    public Builder ackTimeout(Duration value) {
      this.ackTimeout = positive(value, "ackTimeout");
      return this;
    }

    /** What becomes of calls while Redis is away. Default {@link WhenAway#FAIL}. */
    public Builder whenAway(WhenAway value) {
      this.whenAway = Objects.requireNonNull(value, "whenAway");
      return this;
    }

    /** Told when the servers are joined, and when they are not. Default: nobody. */
    public Builder healthListener(RedisHealthListener value) {
      this.listener = Objects.requireNonNull(value, "healthListener");
      return this;
    }

    public RedisBackplane build() {
      return new RedisBackplane(this);
    }

    private RedisSettings settings() {
      List<RedisURI> uris =
          addresses.isEmpty() ? List.of(RedisURI.create("redis://127.0.0.1:6379")) : addresses;
      for (RedisURI uri : uris) {
        if (credentials != null) {
          uri.setCredentialsProvider(credentials);
        }
        uri.setTimeout(timeout);
      }
      return new RedisSettings(
          uris,
          channelPrefix,
          hubNames,
          serverNames,
          timeout,
          ackTimeout,
          whenAway,
          System::nanoTime,
          UUID::randomUUID);
    }

    private static String newServerName() {
      String id = UUID.randomUUID().toString().replace("-", "");
      return machineName() + "_" + id;
    }

    private static String machineName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }

    private static Duration positive(Duration value, String name) {
      if (!value.isPositive()) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
      }
      return value;
    }
  }
}
