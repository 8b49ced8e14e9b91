package dev.hubwire.samples.chat;

import dev.hubwire.server.HubServer;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.SetHeaderHandler;
import io.undertow.server.handlers.resource.ClassPathResourceManager;
import io.undertow.server.handlers.resource.ResourceHandler;
import java.net.URI;
import java.time.InstantSource;

/** The chat, running: its hub at {@code /chat}, its page at every other path. */
public final class ChatServer implements AutoCloseable {
  private final HubServer server;
  private final String address;

  private ChatServer(HubServer server, String address) {
    this.server = server;
    this.address = address;
  }

  /**
   * @param port to listen on, 0 for any that is free
   */
  public static ChatServer start(String address, int port) {
    var rooms = new Rooms(InstantSource.system());
    HubServer server =
        HubServer.builder()
            .hub("/chat", () -> new ChatHub(rooms))
            .fallback(page())
            .listen(address, port)
            .start();
    return new ChatServer(server, address);
  }

  public URI url() {
    return URI.create("http://" + address + ":" + server.port());
  }

  /** Stops in an orderly way: pages are told to come back. */
  @Override
  public void close() {
    server.close();
  }

  private static HttpHandler page() {
    var files =
        new ClassPathResourceManager(
            ChatServer.class.getClassLoader(), "dev/hubwire/samples/chat/web");
    return new SetHeaderHandler(
        new ResourceHandler(files), "Content-Security-Policy", "default-src 'self'");
  }
}
