package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.LocalHub;
import dev.hubwire.backplane.redis.PendingAcks.Pending;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Servers of one hub on one Redis. */
final class Farm {
  static final String HUB = "Demo.ChatHub";

  /** Far from the ids of group commands. Test thread only. */
  private int nextProbe = Integer.MIN_VALUE;

  private final RedisServer redis;
  private final String hubName;
  private final UnaryOperator<RedisBackplane.Builder> settings;
  private final List<RedisHubBackplane> servers = new CopyOnWriteArrayList<>();

  Farm(RedisServer redis) {
    this(redis, builder -> builder);
  }

  Farm(RedisServer redis, UnaryOperator<RedisBackplane.Builder> settings) {
    this(redis, HUB, settings);
  }

  Farm(RedisServer redis, String hubName, UnaryOperator<RedisBackplane.Builder> settings) {
    this.redis = redis;
    this.hubName = hubName;
    this.settings = settings;
  }

  /** A {@link dev.hubwire.backplane.BackplaneFactory}. */
  Backplane join(LocalHub hub) {
    RedisHubBackplane server =
        settings
            .apply(RedisBackplane.builder().uri(redis.uri()).hubName(hub.hubClass(), hubName))
            .build()
            .joinHub(hub);
    servers.add(server);
    return server;
  }

  RedisHubBackplane server(int index) {
    return servers.get(index);
  }

  /** Whether a payload is what {@link #awaitArrival()} publishes. */
  static boolean isProbe(String hex) {
    return hex.startsWith("91d280");
  }

  /**
   * Returns when every server has what any server has published: each is told something by each,
   * and hears of it behind everything else.
   */
  void awaitArrival() {
    servers.removeIf(RedisHubBackplane::isClosed);
    for (RedisHubBackplane from : servers) {
      for (RedisHubBackplane to : servers) {
        Pending heard = to.state().acks().expect(nextProbe++);
        from.acknowledge(to.state().channels().serverName(), heard.id());
        heard.done().orTimeout(10, TimeUnit.SECONDS).join();
      }
    }
  }
}
