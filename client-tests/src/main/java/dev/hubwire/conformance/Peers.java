package dev.hubwire.conformance;

import dev.hubwire.backplane.redis.RedisBackplane;
import dev.hubwire.backplane.redis.RedisNodeDirectory;
import dev.hubwire.cluster.Forwarding;
import dev.hubwire.server.HubServerBuilder;
import org.jspecify.annotations.Nullable;

/** What joins this server with others: hubs by a backplane, requests by forwarding, or neither. */
final class Peers implements AutoCloseable {
  private final @Nullable RedisBackplane backplane;
  private final @Nullable RedisNodeDirectory nodes;
  private final @Nullable Forwarding forwarding;

  /** Finds the others already, if there may be some. */
  Peers(ConformanceOptions options) {
    this.backplane = options.redis == null ? null : backplane(options.redis, options.redisPrefix);
    if (options.forwardSecret == null) {
      this.nodes = null;
      this.forwarding = null;
    } else if (backplane == null || options.advertise == null) {
      throw new IllegalArgumentException(
          "--forward-secret: alone (expected: with --redis and --advertise)");
    } else {
      this.nodes = backplane.nodeDirectory(options.node, options.advertise);
      this.forwarding = Forwarding.builder(nodes, options.forwardSecret).build();
    }
  }

  void join(HubServerBuilder server) {
    if (backplane != null) {
      server.backplane(backplane);
    }
    if (forwarding != null) {
      server.forwarding(forwarding);
    }
  }

  /** After the server has been closed. */
  @Override
  public void close() {
    if (nodes != null) {
      nodes.close();
    }
  }

  /** With the hub names of the other servers of this application, whatever they are written in. */
  private static RedisBackplane backplane(String redis, String prefix) {
    return RedisBackplane.builder()
        .uri("redis://" + redis)
        .channelPrefix(prefix)
        .hubName(ConformanceHub.class, "Reference.ConformanceHub")
        .hubName(SecureHub.class, "Reference.SecureHub")
        .build();
  }
}
