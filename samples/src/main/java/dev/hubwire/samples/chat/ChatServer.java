package dev.hubwire.samples.chat;

import dev.hubwire.server.DrainOptions;
import dev.hubwire.server.HubServer;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.SetHeaderHandler;
import io.undertow.server.handlers.resource.ClassPathResourceManager;
import io.undertow.server.handlers.resource.ResourceHandler;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** The chat, running: its hub at {@code /chat}, its page at every other path. */
public final class ChatServer implements AutoCloseable {
  /** How long people have to come to the end of what they say when it stops. */
  private static final DrainOptions DRAIN =
      DrainOptions.builder().timeout(Duration.ofSeconds(5)).build();

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

  /** Stops in an orderly way: pages are told to come back, when nothing of theirs is under way. */
  @Override
  public void close() {
    server.drain(DRAIN).toCompletableFuture().join();
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
