package dev.hubwire.server;

import dev.hubwire.transport.http.UploadLimits;
import dev.hubwire.transport.session.ConnectionQuota;
import dev.hubwire.transport.session.ConnectionTable;
import io.undertow.UndertowOptions;
import java.time.Duration;
import org.xnio.OptionMap;

/**
 * What a server takes from its clients, each and all together. Immutable; {@link Builder} says what
 * each limit means, its unit, its default, and what a client hears that meets it. {@link
 * HubServer#refusals} counts how often that was.
 *
 * <p>{@code handshakeTimeout}, {@code headTimeout} and {@code idleTimeout} are the HTTP server's: a
 * {@linkplain HubServerBuilder#toHandler handler} in an Undertow of your own has what that Undertow
 * has.
 */
public final class ServerLimits {
  public static final int UNLIMITED = ConnectionQuota.UNLIMITED;
  public static final int DEFAULT_MAX_CONNECTIONS = 100_000;
  public static final int DEFAULT_MAX_CONNECTIONS_PER_USER = 1_000;
  public static final int DEFAULT_MAX_URL_BYTES = 8_192;
  public static final int DEFAULT_MAX_HEADER_BYTES = 32_768;
  public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_HEAD_TIMEOUT = Duration.ofSeconds(15);
  public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(130);

  /**
   * How far past the limits of head and body the HTTP server reads on, so that they can be answered
   * here. It counts whole buffers, and with them what came behind the head.
   */
  private static final int SLACK_BYTES = 65_536;

  private final ConnectionTable.Limits table;
  private final UploadLimits uploads;
  private final int maxUrlBytes;
  private final int maxHeaderBytes;
  private final Duration handshakeTimeout;
  private final Duration headTimeout;
  private final Duration idleTimeout;

  private ServerLimits(Builder builder) {
    this.table =
        new ConnectionTable.Limits(
            builder.maxPendingNegotiations,
            builder.disconnectTimeout,
            new ConnectionQuota(
                builder.maxConnections,
                builder.maxConnectionsPerUser,
                builder.maxConnectionsPerAddress));
    this.uploads =
        new UploadLimits(builder.maxBodyBytes, builder.minBodyBytesPerSecond, builder.bodyGrace);
    this.maxUrlBytes = builder.maxUrlBytes;
    this.maxHeaderBytes = builder.maxHeaderBytes;
    this.handshakeTimeout = builder.handshakeTimeout;
    this.headTimeout = builder.headTimeout;
    this.idleTimeout = builder.idleTimeout;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Every limit at its default. */
  public static ServerLimits defaults() {
    return builder().build();
  }

  ConnectionTable.Limits table() {
    return table;
  }

  UploadLimits uploads() {
    return uploads;
  }

  int maxUrlBytes() {
    return maxUrlBytes;
  }

  int maxHeaderBytes() {
    return maxHeaderBytes;
  }

  Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  /** What the HTTP server looks after by itself. */
  OptionMap serverOptions() {
    long hardHeadBytes = (long) maxUrlBytes + maxHeaderBytes + SLACK_BYTES;
    long entityBytes = Math.min(uploads.maxBytes(), Long.MAX_VALUE - SLACK_BYTES) + SLACK_BYTES;
    return OptionMap.builder()
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, millis(headTimeout))
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, millis(idleTimeout))
        .set(UndertowOptions.MAX_HEADER_SIZE, (int) Math.min(hardHeadBytes, Integer.MAX_VALUE))
        .set(UndertowOptions.MAX_ENTITY_SIZE, entityBytes)
        .getMap();
  }

  private static int millis(Duration time) {
    return (int) Math.max(1, time.toMillis());
  }

  /** Collects limits. Not thread-safe; reusable after {@link #build()}. */
  public static final class Builder {
    /** What the HTTP server's timers, in milliseconds, can count. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private int maxConnections = DEFAULT_MAX_CONNECTIONS;
    private int maxConnectionsPerUser = DEFAULT_MAX_CONNECTIONS_PER_USER;
    private int maxConnectionsPerAddress = UNLIMITED;
    private int maxPendingNegotiations = ConnectionTable.DEFAULT_MAX_PENDING;
    private Duration disconnectTimeout = ConnectionTable.DEFAULT_DISCONNECT_TIMEOUT;
    private int maxUrlBytes = DEFAULT_MAX_URL_BYTES;
    private int maxHeaderBytes = DEFAULT_MAX_HEADER_BYTES;
    private long maxBodyBytes = UploadLimits.DEFAULT_MAX_BYTES;
    private int minBodyBytesPerSecond = UploadLimits.DEFAULT_MIN_BYTES_PER_SECOND;
    private Duration bodyGrace = UploadLimits.DEFAULT_GRACE;
    private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
    private Duration headTimeout = DEFAULT_HEAD_TIMEOUT;
    private Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;

    private Builder() {}

    /**
     * Connections with a transport. One more is answered 503, already when it negotiates. Default
     * {@value #DEFAULT_MAX_CONNECTIONS}.
     */
    public Builder maxConnections(int value) {
      this.maxConnections = atLeastOne(value, "maxConnections");
      return this;
    }

    /**
     * Connections of one authenticated user; 429. Default {@value
     * #DEFAULT_MAX_CONNECTIONS_PER_USER}.
     */
    public Builder maxConnectionsPerUser(int value) {
      this.maxConnectionsPerUser = atLeastOne(value, "maxConnectionsPerUser");
      return this;
    }

    /**
     * Connections from one address; 429. Default {@link #UNLIMITED}, since behind a proxy all
     * connections come from one address: set it where clients connect directly, or where a handler
     * in front sets the address that the proxy names.
     */
    public Builder maxConnectionsPerAddress(int value) {
      this.maxConnectionsPerAddress = atLeastOne(value, "maxConnectionsPerAddress");
      return this;
    }

    /**
     * Negotiated connections that wait for their first transport request; 503. Default {@link
     * ConnectionTable#DEFAULT_MAX_PENDING}.
     */
    public Builder maxPendingNegotiations(int value) {
      this.maxPendingNegotiations = atLeastOne(value, "maxPendingNegotiations");
      return this;
    }

    /**
     * The length of a request's path and query; 414. Tokens of browsers come in it. Default {@value
     * #DEFAULT_MAX_URL_BYTES}.
     */
    public Builder maxUrlBytes(int value) {
      this.maxUrlBytes = atLeastOne(value, "maxUrlBytes");
      return this;
    }

    /**
     * The length of all headers of a request; 431. Far beyond it, the connection is cut without an
     * answer. Default {@value #DEFAULT_MAX_HEADER_BYTES}.
     */
    public Builder maxHeaderBytes(int value) {
      this.maxHeaderBytes = atLeastOne(value, "maxHeaderBytes");
      return this;
    }

    /** The length of a POST's body; 400. Default {@link UploadLimits#DEFAULT_MAX_BYTES}. */
    public Builder maxBodyBytes(long value) {
      this.maxBodyBytes = atLeastOne(value, "maxBodyBytes");
      return this;
    }

    /**
     * How fast a POST's body has to come after {@link #bodyGrace}; 408. Default {@link
     * UploadLimits#DEFAULT_MIN_BYTES_PER_SECOND}.
     */
    public Builder minBodyBytesPerSecond(int value) {
      this.minBodyBytesPerSecond = atLeastOne(value, "minBodyBytesPerSecond");
      return this;
    }

    /** How long a POST's body may stand still in all. Default 5 seconds. */
    public Builder bodyGrace(Duration value) {
      this.bodyGrace = positive(value, "bodyGrace");
      return this;
    }

    /**
     * How long a connection lives without a request that carries it: before its first one, between
     * polls, after it lost a socket that its client may replace, and at its end, for its last
     * words. Default 15 seconds.
     */
    public Builder disconnectTimeout(Duration value) {
      this.disconnectTimeout = positive(value, "disconnectTimeout");
      return this;
    }

    /**
     * How long a TLS handshake may take, from the first byte the client could have sent; then the
     * connection is cut. Default 10 seconds.
     */
    public Builder handshakeTimeout(Duration value) {
      this.handshakeTimeout = positive(value, "handshakeTimeout");
      return this;
    }

    /**
     * How long a request may take from its first byte to the end of its headers; then the
     * connection is cut. Default 15 seconds.
     */
    public Builder headTimeout(Duration value) {
      this.headTimeout = positive(value, "headTimeout");
      return this;
    }

    /**
     * How long an HTTP connection may wait for its first or next request, or for the rest of one
     * that is answered; then it is cut. WebSockets and requests under way are not concerned.
     * Default 130 seconds.
     */
    public Builder idleTimeout(Duration value) {
      this.idleTimeout = positive(value, "idleTimeout");
      return this;
    }

    public ServerLimits build() {
      return new ServerLimits(this);
    }

    private static int atLeastOne(int value, String name) {
      return (int) atLeastOne((long) value, name);
    }

    private static long atLeastOne(long value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
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
