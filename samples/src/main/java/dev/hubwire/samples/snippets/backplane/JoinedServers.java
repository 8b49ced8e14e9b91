package dev.hubwire.samples.snippets.backplane;

import dev.hubwire.backplane.redis.RedisBackplane;
import dev.hubwire.backplane.redis.RedisHealthListener;
import dev.hubwire.backplane.redis.WhenAway;
import dev.hubwire.samples.snippets.readme.ChatHub;
import dev.hubwire.server.HubServer;
import java.time.Duration;

final class JoinedServers {
  private JoinedServers() {}

  static HubServer joined() {
    // docs:joined
    HubServer server =
        HubServer.builder()
            .hub("/chat", ChatHub::new)
            .backplane(RedisBackplane.at("redis://10.0.0.5:6379"))
            .start();
    // docs:end
    return server;
  }

  static RedisBackplane beside(String password, RedisHealthListener monitoring) {
    // docs:beside-dotnet
    RedisBackplane backplane =
        RedisBackplane.builder()
            .uri("rediss://redis.internal:6380") // with TLS
            .credentials("hubs", password)
            .channelPrefix("app1") // as ChannelPrefix on the .NET side
            .hubName(ChatHub.class, "Demo.ChatHub") // the full name of the type in .NET
            .timeout(Duration.ofSeconds(2))
            .whenAway(WhenAway.DELIVER_HERE)
            .healthListener(monitoring)
            .build();
    // docs:end
    return backplane;
  }
}
