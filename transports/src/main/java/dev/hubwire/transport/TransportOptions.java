package dev.hubwire.transport;

import dev.hubwire.negotiation.NegotiateRequest;
import dev.hubwire.negotiation.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint carries its connections. Immutable; {@link Builder} says what each option means,
 * its unit and its default.
 */
public final class TransportOptions {
  public static final int DEFAULT_MAX_QUEUED_BYTES = 65_536;
  public static final int DEFAULT_MAX_RECEIVED_BYTES = 65_536;
  public static final int DEFAULT_MAX_FRAME_BYTES = 16 * 1024 * 1024;
  public static final Duration DEFAULT_SEND_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);
  public static final Duration DEFAULT_POLL_TIMEOUT = Duration.ofSeconds(90);

  private final Set<Transport> transports;
  private final int maxQueuedBytes;
  private final int maxReceivedBytes;
  private final int maxFrameBytes;
  private final SlowConsumerPolicy slowConsumerPolicy;
  private final Duration sendTimeout;
  private final Duration closeTimeout;
  private final Duration pollTimeout;
  private final int minimumNegotiateVersion;
  private final boolean allowStatefulReconnects;
  private final SubprotocolSelector subprotocolSelector;
  private final Authenticator authenticator;
  private final AllowedOrigins allowedOrigins;
  private final boolean closeOnAuthenticationExpiry;
  private final AuthenticationRefreshOptions authenticationRefresh;
  private final EndpointPolicy policy;
  private final NegotiateInterceptor negotiateInterceptor;

  private TransportOptions(Builder builder) {
    this.transports = builder.transports;
    this.maxQueuedBytes = builder.maxQueuedBytes;
    this.maxReceivedBytes = builder.maxReceivedBytes;
    this.maxFrameBytes = builder.maxFrameBytes;
    this.slowConsumerPolicy = builder.slowConsumerPolicy;
    this.sendTimeout = builder.sendTimeout;
    this.closeTimeout = builder.closeTimeout;
    this.pollTimeout = builder.pollTimeout;
    this.minimumNegotiateVersion = builder.minimumNegotiateVersion;
    this.allowStatefulReconnects = builder.allowStatefulReconnects;
    this.subprotocolSelector = builder.subprotocolSelector;
    this.authenticator = builder.authenticator;
    this.allowedOrigins = builder.allowedOrigins;
    this.closeOnAuthenticationExpiry = builder.closeOnAuthenticationExpiry;
    this.authenticationRefresh = builder.authenticationRefresh;
    this.policy = builder.policy;
    this.negotiateInterceptor = builder.negotiateInterceptor;
  }

  /** Every option at its default. */
  public static TransportOptions defaults() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Unmodifiable. */
  public Set<Transport> transports() {
    return transports;
  }

  public int maxQueuedBytes() {
    return maxQueuedBytes;
  }

  public int maxReceivedBytes() {
    return maxReceivedBytes;
  }

  public int maxFrameBytes() {
    return maxFrameBytes;
  }

  public SlowConsumerPolicy slowConsumerPolicy() {
    return slowConsumerPolicy;
  }

  public Duration sendTimeout() {
    return sendTimeout;
  }

  public Duration closeTimeout() {
    return closeTimeout;
  }

  public Duration pollTimeout() {
    return pollTimeout;
  }

  public int minimumNegotiateVersion() {
    return minimumNegotiateVersion;
  }

  public boolean allowStatefulReconnects() {
    return allowStatefulReconnects;
  }

  public SubprotocolSelector subprotocolSelector() {
    return subprotocolSelector;
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  public AllowedOrigins allowedOrigins() {
    return allowedOrigins;
  }

  public boolean closeOnAuthenticationExpiry() {
    return closeOnAuthenticationExpiry;
  }

  public AuthenticationRefreshOptions authenticationRefresh() {
    return authenticationRefresh;
  }

  public EndpointPolicy policy() {
    return policy;
  }

  public NegotiateInterceptor negotiateInterceptor() {
    return negotiateInterceptor;
  }

  /** Collects options. Not thread-safe; reusable after {@link #build()}. */
  public static final class Builder {
    /** The longest payload of a control frame, which no limit may refuse (RFC 6455 §5.5). */
    private static final int LONGEST_CONTROL_FRAME = 125;

    /** What a clock in nanoseconds can count. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Set<Transport> transports = Transport.all();
    private int maxQueuedBytes = DEFAULT_MAX_QUEUED_BYTES;
    private int maxReceivedBytes = DEFAULT_MAX_RECEIVED_BYTES;
    private int maxFrameBytes = DEFAULT_MAX_FRAME_BYTES;
    private SlowConsumerPolicy slowConsumerPolicy = SlowConsumerPolicy.WAIT;
    private Duration sendTimeout = DEFAULT_SEND_TIMEOUT;
    private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
    private Duration pollTimeout = DEFAULT_POLL_TIMEOUT;
    private int minimumNegotiateVersion;
    private boolean allowStatefulReconnects;
    private SubprotocolSelector subprotocolSelector = SubprotocolSelector.NONE;
    private Authenticator authenticator = Authenticator.NONE;
    private AllowedOrigins allowedOrigins = AllowedOrigins.same();
    private boolean closeOnAuthenticationExpiry;
    private AuthenticationRefreshOptions authenticationRefresh =
        AuthenticationRefreshOptions.DISABLED;
    private EndpointPolicy policy = EndpointPolicy.ANONYMOUS;
    private NegotiateInterceptor negotiateInterceptor = NegotiateInterceptor.NONE;

    private Builder() {}

    private Builder(TransportOptions from) {
      this.transports = from.transports;
      this.maxQueuedBytes = from.maxQueuedBytes;
      this.maxReceivedBytes = from.maxReceivedBytes;
      this.maxFrameBytes = from.maxFrameBytes;
      this.slowConsumerPolicy = from.slowConsumerPolicy;
      this.sendTimeout = from.sendTimeout;
      this.closeTimeout = from.closeTimeout;
      this.pollTimeout = from.pollTimeout;
      this.minimumNegotiateVersion = from.minimumNegotiateVersion;
      this.allowStatefulReconnects = from.allowStatefulReconnects;
      this.subprotocolSelector = from.subprotocolSelector;
      this.authenticator = from.authenticator;
      this.allowedOrigins = from.allowedOrigins;
      this.closeOnAuthenticationExpiry = from.closeOnAuthenticationExpiry;
      this.authenticationRefresh = from.authenticationRefresh;
      this.policy = from.policy;
      this.negotiateInterceptor = from.negotiateInterceptor;
    }

    /**
     * What is offered and accepted. May be empty: clients then negotiate and find nothing they can
     * use. Default: all.
     */
    public Builder transports(Collection<Transport> value) {
      EnumSet<Transport> inOrder = EnumSet.noneOf(Transport.class);
      inOrder.addAll(value);
      this.transports = Collections.unmodifiableSet(inOrder);
      return this;
    }

    /**
     * Bytes that may wait for a client before the connection counts as congested and {@link
     * #slowConsumerPolicy} decides. Default {@value #DEFAULT_MAX_QUEUED_BYTES}.
     */
    public Builder maxQueuedBytes(int value) {
      this.maxQueuedBytes = atLeast(1, value, "maxQueuedBytes");
      return this;
    }

    /**
     * Bytes from a client that may wait for the code on the connection before its reads pause.
     * Default {@value #DEFAULT_MAX_RECEIVED_BYTES}.
     */
    public Builder maxReceivedBytes(int value) {
      this.maxReceivedBytes = atLeast(1, value, "maxReceivedBytes");
      return this;
    }

    /**
     * The longest WebSocket frame a client may send, in bytes of payload. A longer one is refused
     * by its header, with 1009. At least 125, the longest control frame. Default {@value
     * #DEFAULT_MAX_FRAME_BYTES}.
     */
    public Builder maxFrameBytes(int value) {
      this.maxFrameBytes = atLeast(LONGEST_CONTROL_FRAME, value, "maxFrameBytes");
      return this;
    }

    /**
     * What happens to sends past {@link #maxQueuedBytes}. Default {@link SlowConsumerPolicy#WAIT}.
     */
    public Builder slowConsumerPolicy(SlowConsumerPolicy value) {
      this.slowConsumerPolicy = value;
      return this;
    }

    /**
     * How long one write to a client may make no progress before the connection ends with {@link
     * CloseReason#SEND_TIMEOUT}. Waiting for data, or for a next poll, does not count. Default 10
     * seconds.
     */
    public Builder sendTimeout(Duration value) {
      this.sendTimeout = positive(value, "sendTimeout");
      return this;
    }

    /** How long a closing WebSocket waits for the client's Close frame. Default 5 seconds. */
    public Builder closeTimeout(Duration value) {
      this.closeTimeout = positive(value, "closeTimeout");
      return this;
    }

    /**
     * How long a poll without data is kept. Clients give up after 100 seconds, so it should stay
     * below. Default 90 seconds.
     */
    public Builder pollTimeout(Duration value) {
      this.pollTimeout = positive(value, "pollTimeout");
      return this;
    }

    /**
     * The lowest version of the negotiate protocol accepted, 0 or 1. Version 0 has no secret token:
     * its connection id, shown to other clients, opens the connection. Default 0.
     */
    public Builder minimumNegotiateVersion(int value) {
      if (value < 0 || value > NegotiateRequest.HIGHEST_VERSION) {
        throw new IllegalArgumentException(
            "minimumNegotiateVersion: "
                + value
                + " (expected: 0 to "
                + NegotiateRequest.HIGHEST_VERSION
                + ")");
      }
      this.minimumNegotiateVersion = value;
      return this;
    }

    /** Whether clients that ask for stateful reconnect get it. Default false. */
    public Builder allowStatefulReconnects(boolean value) {
      this.allowStatefulReconnects = value;
      return this;
    }

    /** Default {@link SubprotocolSelector#NONE}. */
    public Builder subprotocolSelector(SubprotocolSelector value) {
      this.subprotocolSelector = value;
      return this;
    }

    /** Finds out who sends a request. Default {@link Authenticator#NONE}. */
    public Builder authenticator(Authenticator value) {
      this.authenticator = value;
      return this;
    }

    /**
     * Which pages may use the endpoint from a browser. Default: those of the server's own origin.
     */
    public Builder allowedOrigins(AllowedOrigins value) {
      this.allowedOrigins = value;
      return this;
    }

    /**
     * Whether a connection is closed when {@link User#expiresAt()} has come, in an orderly way and
     * with an invitation to come back. Otherwise it lives on, and only its next request needs new
     * credentials. Default false.
     */
    public Builder closeOnAuthenticationExpiry(boolean value) {
      this.closeOnAuthenticationExpiry = value;
      return this;
    }

    /**
     * Whether clients can show newer credentials for a connection which they have: at {@code
     * {path}/refresh}, with polls, and with WebSockets that come back. They then hear when they
     * negotiate how long their authentication lasts. Default false.
     */
    public Builder enableAuthenticationRefresh(boolean value) {
      return refresh(
          value, authenticationRefresh.policy(), authenticationRefresh.maximumExpiration());
    }

    /** Default {@link AuthenticationRefreshPolicy#ACCEPT}. */
    public Builder onAuthenticationRefresh(AuthenticationRefreshPolicy value) {
      return refresh(
          authenticationRefresh.enabled(), value, authenticationRefresh.maximumExpiration());
    }

    /**
     * The longest that an authentication counts from when it was shown, whatever it says itself; a
     * user who shows none that is newer has none after it. Counts where {@linkplain
     * #enableAuthenticationRefresh refresh is enabled}. Default: no limit.
     */
    public Builder maximumAuthenticationExpiration(Duration value) {
      return refresh(
          authenticationRefresh.enabled(),
          authenticationRefresh.policy(),
          positive(value, "maximumAuthenticationExpiration"));
    }

    private Builder refresh(
        boolean enabled, AuthenticationRefreshPolicy asked, @Nullable Duration maximum) {
      authenticationRefresh = new AuthenticationRefreshOptions(enabled, asked, maximum);
      return this;
    }

    /** Decides who may use the endpoint. Default {@link EndpointPolicy#ANONYMOUS}. */
    public Builder policy(EndpointPolicy value) {
      this.policy = value;
      return this;
    }

    /** Default {@link NegotiateInterceptor#NONE}. */
    public Builder negotiateInterceptor(NegotiateInterceptor value) {
      this.negotiateInterceptor = value;
      return this;
    }

    public TransportOptions build() {
      return new TransportOptions(this);
    }

    private static int atLeast(int minimum, int value, String name) {
      if (value < minimum) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + minimum + ")");
      }
      return value;
    }

    private static Duration positive(Duration value, String name) {
      if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            name + ": " + value + " (expected: > 0 and at most " + LONGEST + ")");
      }
      return value;
    }
  }
}
