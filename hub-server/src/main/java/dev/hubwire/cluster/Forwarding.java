package dev.hubwire.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a node takes requests that came to it by mistake to the node they are meant for, so that a
 * load balancer needs no sticky sessions. Immutable.
 */
public final class Forwarding {
  public static final int DEFAULT_MAX_CONNECTIONS_PER_NODE = 10_000;

  private static final int SHORTEST_SECRET = 16;

  private final NodeDirectory nodes;
  private final byte[] secret;
  private final int maxConnectionsPerNode;
  private final @Nullable SSLContext tls;

  private Forwarding(Builder builder) {
    this.nodes = builder.nodes;
    this.secret = builder.secret;
    this.maxConnectionsPerNode = builder.maxConnectionsPerNode;
    this.tls = builder.tls;
  }

  /**
   * @param nodes knows where the other nodes are
   * @param secret what all nodes of the cluster know and nobody else: by it a node believes another
   *     that a request was forwarded, and from whom it came. At least 16 characters
   */
  public static Builder builder(NodeDirectory nodes, String secret) {
    return new Builder(nodes, secret);
  }

  NodeDirectory nodes() {
    return nodes;
  }

  byte[] secret() {
    return secret.clone();
  }

  int maxConnectionsPerNode() {
    return maxConnectionsPerNode;
  }

  @Nullable SSLContext tls() {
    return tls;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private final NodeDirectory nodes;
    private final byte[] secret;
    private int maxConnectionsPerNode = DEFAULT_MAX_CONNECTIONS_PER_NODE;
    private @Nullable SSLContext tls;

    private Builder(NodeDirectory nodes, String secret) {
      this.nodes = Objects.requireNonNull(nodes, "nodes");
      if (secret.length() < SHORTEST_SECRET) {
        throw new IllegalArgumentException(
            "secret: of %d characters (expected: at least %d)"
                .formatted(secret.length(), SHORTEST_SECRET));
      }
      this.secret = secret.getBytes(UTF_8);
    }

    /**
     * Connections to one other node at a time: one for each WebSocket, event stream or poll that is
     * under way there. What comes beyond is answered 503. Default {@value
     * #DEFAULT_MAX_CONNECTIONS_PER_NODE}.
     */
    public Builder maxConnectionsPerNode(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("maxConnectionsPerNode: " + value + " (expected: >= 1)");
      }
      this.maxConnectionsPerNode = value;
      return this;
    }

    /** Whom to trust at {@code https} addresses. Default: whom the JVM trusts. */
    public Builder tls(SSLContext context) {
      this.tls = Objects.requireNonNull(context, "context");
      return this;
    }

    public Forwarding build() {
      return new Forwarding(this);
    }
  }
}
