package dev.hubwire.samples.snippets.deployment;

import dev.hubwire.samples.snippets.readme.ChatHub;
import dev.hubwire.server.DrainOptions;
import dev.hubwire.server.HubServer;
import java.time.Duration;

final class DrainedServer {
  private DrainedServer() {}

  static HubServer start(String node) {
    // docs:drained-server
    HubServer server =
        HubServer.builder()
            .hub("/chat", ChatHub::new)
            .node(node) // n1, n2, ...: for the balancer, and for the log
            .readiness("/readyz")
            .listen("0.0.0.0", 8080)
            .start();
    DrainOptions drain =
        DrainOptions.builder()
            .notice(Duration.ofSeconds(5)) // until the balancer has looked at /readyz
            .connectionsPerSecond(200)
            .timeout(Duration.ofSeconds(25))
            .build();
    Thread onSigterm =
        new Thread(
            () -> {
              server.drain(drain).toCompletableFuture().join();
              server.close();
            });
    Runtime.getRuntime().addShutdownHook(onSigterm);
    // docs:end
    return server;
  }
}
