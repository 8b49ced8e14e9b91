package dev.hubwire.samples.snippets.readme;

import dev.hubwire.server.HubServer;

final class FirstServer {
  private FirstServer() {}

  static HubServer start() {
    // docs:first-server
    HubServer server =
        HubServer.builder().hub("/chat", ChatHub::new).listen("127.0.0.1", 8080).start();

    // From anywhere:
    server.hubContext(ChatHub.class).clients().group("lobby").receive("server", "hello");
    // docs:end
    return server;
  }
}
