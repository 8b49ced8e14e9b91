package dev.hubwire.samples.snippets.deployment;

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
}
