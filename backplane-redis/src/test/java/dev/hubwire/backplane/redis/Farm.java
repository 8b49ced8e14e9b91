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

  private final RedisServer redis;
  private final UnaryOperator<RedisBackplane.Builder> settings;
  private final List<RedisHubBackplane> servers = new CopyOnWriteArrayList<>();

  Farm(RedisServer redis) {
    this(redis, builder -> builder);
  }

  Farm(RedisServer redis, UnaryOperator<RedisBackplane.Builder> settings) {
    this.redis = redis;
    this.settings = settings;
  }

  /** A {@link dev.hubwire.backplane.BackplaneFactory}. */
  Backplane join(LocalHub hub) {
    RedisHubBackplane server =
        settings
            .apply(RedisBackplane.builder().uri(redis.uri()).hubName(hub.hubClass(), HUB))
            .build()
            .joinHub(hub);
    servers.add(server);
    return server;
  }

  RedisHubBackplane server(int index) {
    return servers.get(index);
  }

  /**
   * Returns when every server has what any server has published: each is told something by each,
   * and hears of it behind everything else.
   */
  void awaitArrival() {
    servers.removeIf(RedisHubBackplane::isClosed);
    for (RedisHubBackplane from : servers) {
      for (RedisHubBackplane to : servers) {
        Pending heard = to.state().acks().begin();
        from.acknowledge(to.state().channels().serverName(), heard.id());
        heard.done().orTimeout(10, TimeUnit.SECONDS).join();
      }
    }
  }
}
