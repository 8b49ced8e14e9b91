package dev.hubwire.samples.snippets.reconnect;

import dev.hubwire.samples.snippets.readme.ChatHub;
import dev.hubwire.server.HubServer;
import dev.hubwire.server.ServerLimits;
import java.time.Duration;

final class ReconnectingServers {
  private ReconnectingServers() {}

  static HubServer allowed() {
    // docs:stateful-reconnect
    HubServer server =
        HubServer.builder()
            .hub("/chat", ChatHub::new, hub -> hub.allowStatefulReconnects(true))
            .start();
    // docs:end
    return server;
  }

  static HubServer tuned() {
    // docs:stateful-reconnect-limits
    HubServer server =
        HubServer.builder()
            .hub(
                "/chat",
                ChatHub::new,
                hub -> hub.allowStatefulReconnects(true).statefulReconnectBufferSize(250_000))
            .limits(ServerLimits.builder().disconnectTimeout(Duration.ofSeconds(30)).build())
            .start();
    // docs:end
    return server;
  }
}
