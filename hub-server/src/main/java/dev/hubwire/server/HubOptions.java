package dev.hubwire.server;

import dev.hubwire.dispatch.FilterSource;
import dev.hubwire.dispatch.HubSettings;
import dev.hubwire.hub.Filters;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.reconnect.ReconnectLimits;
import dev.hubwire.transport.AllowedOrigins;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How one mapped hub behaves. Immutable. */
public final class HubOptions {
  public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(15);
  public static final Duration DEFAULT_CLIENT_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 32_768;
  public static final int DEFAULT_PARALLEL_INVOCATIONS = 1;
  public static final int DEFAULT_STREAM_BUFFER_CAPACITY = 10;
  public static final int DEFAULT_MAX_STREAMS = 100;
  public static final int DEFAULT_STATEFUL_RECONNECT_BUFFER_SIZE = 100_000;

  private final HubSettings settings;
  private final List<FilterSource> filters;
  private final TransportOptions transport;
  private final Set<String> supportedProtocols;

  private HubOptions(
      HubSettings settings,
      List<FilterSource> filters,
      TransportOptions transport,
      Set<String> supportedProtocols) {
    this.settings = settings;
    this.filters = List.copyOf(filters);
    this.transport = transport;
    this.supportedProtocols = supportedProtocols;
  }

  public static Builder builder() {
    return new Builder();
  }

  HubSettings settings() {
    return settings;
  }

  List<FilterSource> filters() {
    return filters;
  }

  TransportOptions transport() {
    return transport;
  }

  /** Names in lower case; none for all that the server has. */
  Set<String> supportedProtocols() {
    return supportedProtocols;
  }

  /** Collects options. Not thread-safe; reusable after {@link #build()}. */
  public static final class Builder {
    private static final int NO_LIMIT = 0;

    private final TransportOptions.Builder transport = TransportOptions.builder();
    private Duration keepAlive = DEFAULT_KEEP_ALIVE;
    private Duration clientTimeout = DEFAULT_CLIENT_TIMEOUT;
    private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
    private int maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;
    private int parallelInvocations = DEFAULT_PARALLEL_INVOCATIONS;
    private int streamBufferCapacity = DEFAULT_STREAM_BUFFER_CAPACITY;
    private int maxStreams = DEFAULT_MAX_STREAMS;
    private final List<FilterSource> filters = new ArrayList<>();
    private int statefulReconnectBufferSize = DEFAULT_STATEFUL_RECONNECT_BUFFER_SIZE;
    private boolean detailedErrors;
    private Set<String> supportedProtocols = Set.of();
    private Function<User, @Nullable String> userId = User::id;

    private Builder() {}

    /** Time between two pings to a client. Default {@link #DEFAULT_KEEP_ALIVE}. */
    public Builder keepAlive(Duration value) {
      this.keepAlive = positive(value, "keepAlive");
      return this;
    }

    /**
     * Time without a message from a client that pings, after which its connection is closed; more
     * than {@link #keepAlive}, and twice the ping interval of the clients is sensible. Default
     * {@link #DEFAULT_CLIENT_TIMEOUT}.
     */
    public Builder clientTimeout(Duration value) {
      this.clientTimeout = positive(value, "clientTimeout");
      return this;
    }

    /**
     * Time for the handshake once a transport is there. Default {@link #DEFAULT_HANDSHAKE_TIMEOUT}.
     */
    public Builder handshakeTimeout(Duration value) {
      this.handshakeTimeout = positive(value, "handshakeTimeout");
      return this;
    }

    /**
     * The longest message a client may send, in bytes with its framing; a longer one closes the
     * connection. Default {@value #DEFAULT_MAX_MESSAGE_BYTES}.
     */
    public Builder maxMessageBytes(int value) {
      this.maxMessageBytes = atLeastOne(value, "maxMessageBytes");
      return this;
    }

    /**
     * Lets clients send messages of any length; a message is kept in memory until it is complete.
     */
    public Builder unlimitedMessageBytes() {
      this.maxMessageBytes = NO_LIMIT;
      return this;
    }

    /**
     * How many invocations of one connection may run at a time. With more than one they start in
     * order but may end in any. Default {@value #DEFAULT_PARALLEL_INVOCATIONS}.
     */
    public Builder parallelInvocations(int value) {
      this.parallelInvocations = atLeastOne(value, "parallelInvocations");
      return this;
    }

    /**
     * How many items of an upload may wait to be read by the hub's method before the connection is
     * no longer read. Default {@value #DEFAULT_STREAM_BUFFER_CAPACITY}.
     */
    public Builder streamBufferCapacity(int value) {
      this.streamBufferCapacity = atLeastOne(value, "streamBufferCapacity");
      return this;
    }

    /**
     * How many calls of one connection may stream at a time, in either direction; more are refused.
     * They do not count as {@link #parallelInvocations}. Default {@value #DEFAULT_MAX_STREAMS}.
     */
    public Builder maxStreams(int value) {
      this.maxStreams = atLeastOne(value, "maxStreams");
      return this;
    }

    /**
     * Whether clients are told the kind and message of every failure. For development. Default
     * false.
     */
    public Builder detailedErrors(boolean value) {
      this.detailedErrors = value;
      return this;
    }

    /**
     * The hub protocols that clients may choose from, such as {@code json}; at least one. Default:
     * all that the server has, {@code json} and {@code messagepack}.
     *
     * @param names compared ignoring case; one that the server does not know makes it fail to start
     */
    public Builder supportedProtocols(Collection<String> names) {
      if (names.isEmpty()) {
        throw new IllegalArgumentException("supportedProtocols: [] (expected: at least one)");
      }
      this.supportedProtocols =
          names.stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
      return this;
    }

    /** By which id a user is addressed; null for not at all. Default {@link User#id()}. */
    public Builder userId(Function<User, @Nullable String> value) {
      this.userId = Objects.requireNonNull(value, "userId");
      return this;
    }

    /**
     * Puts a filter around everything of this hub, inside those of the server and those that were
     * added before.
     *
     * @param filter serves all calls, on any thread
     */
    public Builder filter(HubFilter filter) {
      filters.add(new FilterSource.Shared(filter));
      return this;
    }

    /**
     * As {@link #filter(HubFilter)}, with a filter of its own for each call.
     *
     * @param filter made as {@link Filters} says
     */
    public Builder filter(Class<? extends HubFilter> filter) {
      filters.add(new FilterSource.PerCall(filter));
      return this;
    }

    /**
     * Whether clients that ask for it may come back to their connection over a new WebSocket when
     * they lost the old one: no message is lost or comes twice. Default false.
     */
    public Builder allowStatefulReconnects(boolean value) {
      transport.allowStatefulReconnects(value);
      return this;
    }

    /**
     * Bytes of messages that are kept for such a client until it acknowledges them. Past it, {@link
     * TransportOptions.Builder#slowConsumerPolicy} decides what happens to sends; one message may
     * exceed it. Default {@value #DEFAULT_STATEFUL_RECONNECT_BUFFER_SIZE}.
     */
    public Builder statefulReconnectBufferSize(int value) {
      this.statefulReconnectBufferSize = atLeastOne(value, "statefulReconnectBufferSize");
      return this;
    }

    /** As {@link TransportOptions.Builder#transports}. */
    public Builder transports(Collection<Transport> value) {
      transport.transports(value);
      return this;
    }

    /** As {@link TransportOptions.Builder#authenticator}. */
    public Builder authenticator(Authenticator value) {
      transport.authenticator(value);
      return this;
    }

    /** As {@link TransportOptions.Builder#allowedOrigins}. */
    public Builder allowedOrigins(AllowedOrigins value) {
      transport.allowedOrigins(value);
      return this;
    }

    /** As {@link TransportOptions.Builder#enableAuthenticationRefresh}. */
    public Builder enableAuthenticationRefresh(boolean value) {
      transport.enableAuthenticationRefresh(value);
      return this;
    }

    /** Whatever else concerns the bytes below the hub. */
    public Builder transport(Consumer<TransportOptions.Builder> configure) {
      configure.accept(transport);
      return this;
    }

    /**
     * @throws IllegalArgumentException if two options contradict each other
     */
    public HubOptions build() {
      if (clientTimeout.compareTo(keepAlive) <= 0) {
        throw new IllegalArgumentException(
            "clientTimeout: " + clientTimeout + " (expected: > keepAlive " + keepAlive + ")");
      }
      TransportOptions below = transport.build();
      HubSettings settings =
          new HubSettings(
              keepAlive,
              clientTimeout,
              handshakeTimeout,
              maxMessageBytes,
              below.maxReceivedBytes(),
              parallelInvocations,
              detailedErrors,
              userId,
              new HubSettings.StreamLimits(streamBufferCapacity, maxStreams),
              new ReconnectLimits(statefulReconnectBufferSize, below.slowConsumerPolicy()));
      return new HubOptions(settings, filters, below, supportedProtocols);
    }

    private static Duration positive(Duration value, String name) {
      if (!value.isPositive()) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
      }
      return value;
    }

    private static int atLeastOne(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
      }
      return value;
    }
  }
}
