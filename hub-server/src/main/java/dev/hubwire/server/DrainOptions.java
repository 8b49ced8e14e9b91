package dev.hubwire.server;

import dev.hubwire.transport.NegotiateInterceptor;
import java.time.Duration;
import java.util.Objects;

/** How a server is taken out of service: see {@link HubServer#drain}. Immutable. */
public final class DrainOptions {
  public static final Duration DEFAULT_NOTICE = Duration.ZERO;
  public static final int DEFAULT_CONNECTIONS_PER_SECOND = 200;

  /** Some seconds less than Kubernetes waits for a container to end. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(25);

  private final Duration notice;
  private final int connectionsPerSecond;
  private final Duration timeout;
  private final NegotiateInterceptor redirect;

  private DrainOptions(Builder builder) {
    this.notice = builder.notice;
    this.connectionsPerSecond = builder.connectionsPerSecond;
    this.timeout = builder.timeout;
    this.redirect = builder.redirect;
  }

  public static DrainOptions defaults() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public Duration notice() {
    return notice;
  }

  public int connectionsPerSecond() {
    return connectionsPerSecond;
  }

  public Duration timeout() {
    return timeout;
  }

  public NegotiateInterceptor redirect() {
    return redirect;
  }

  /** Sets the options. Not thread-safe. */
  public static final class Builder {
    private Duration notice = DEFAULT_NOTICE;
    private int connectionsPerSecond = DEFAULT_CONNECTIONS_PER_SECOND;
    private Duration timeout = DEFAULT_TIMEOUT;
    private NegotiateInterceptor redirect = NegotiateInterceptor.NONE;

    private Builder() {}

    /**
     * How long the server says that it is not ready, and serves everybody as before, so that
     * balancers which look at {@link HubServerBuilder#readiness} have noticed when it begins to
     * refuse clients. Default {@link #DEFAULT_NOTICE}: none, which is right where balancers do not
     * look but try another node.
     */
    public Builder notice(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("notice: " + value + " (expected: >= 0)");
      }
      this.notice = value;
      return this;
    }

    /**
     * How many clients are told to come back in a second. Default {@link
     * #DEFAULT_CONNECTIONS_PER_SECOND}. What is left at the time-out is closed at once, so the pace
     * should suffice for all connections until then.
     */
    public Builder connectionsPerSecond(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("connectionsPerSecond: " + value + " (expected: >= 1)");
      }
      this.connectionsPerSecond = value;
      return this;
    }

    /**
     * When everything that is still open is closed, running calls and streams or not; counted from
     * the start, with the notice. Default {@link #DEFAULT_TIMEOUT}.
     */
    public Builder timeout(Duration value) {
      if (!value.isPositive()) {
        throw new IllegalArgumentException("timeout: " + value + " (expected: > 0)");
      }
      this.timeout = value;
      return this;
    }

    /**
     * Where clients that negotiate after the notice are sent. Those for which it has nothing are
     * refused with 503, as all others are. Default {@link NegotiateInterceptor#NONE}.
     */
    public Builder redirect(NegotiateInterceptor value) {
      this.redirect = Objects.requireNonNull(value, "redirect");
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if the notice leaves no time
     */
    public DrainOptions build() {
      if (notice.compareTo(timeout) >= 0) {
        throw new IllegalArgumentException(
            "notice: " + notice + " (expected: < timeout " + timeout + ")");
      }
      return new DrainOptions(this);
    }
  }
}
