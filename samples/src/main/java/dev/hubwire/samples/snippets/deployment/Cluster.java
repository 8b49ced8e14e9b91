package dev.hubwire.samples.snippets.deployment;

import dev.hubwire.backplane.redis.RedisBackplane;
import dev.hubwire.backplane.redis.RedisNodeDirectory;
import dev.hubwire.cluster.Forwarding;
import dev.hubwire.cluster.NodeDirectory;
import dev.hubwire.samples.snippets.readme.ChatHub;
import dev.hubwire.server.HubServer;
import java.net.URI;
import java.util.Map;

final class Cluster {
  private Cluster() {}

  static HubServer withoutStickySessions(String secret) {
    // docs:forwarding
    NodeDirectory nodes =
        NodeDirectory.of(
            Map.of(
                "n1", URI.create("http://10.0.0.1:8080"),
                "n2", URI.create("http://10.0.0.2:8080")));
    HubServer server =
        HubServer.builder()
            .hub("/chat", ChatHub::new)
            .node("n1")
            .forwarding(Forwarding.builder(nodes, secret).build())
            .listen("0.0.0.0", 8080)
            .start();
    // docs:end
    return server;
  }

  static HubServer withRedis(String name, URI address, String secret) {
    // docs:node-directory
    RedisBackplane backplane = RedisBackplane.at("redis://10.0.0.5:6379");
    RedisNodeDirectory nodes = backplane.nodeDirectory(name, address);
    HubServer server =
        HubServer.builder()
            .hub("/chat", ChatHub::new)
            .backplane(backplane)
            .node(name)
            .forwarding(Forwarding.builder(nodes, secret).build())
            .listen("0.0.0.0", 8080)
            .start();
    // At the end: server.close(), then nodes.close().
    // docs:end
    return server;
  }
}
