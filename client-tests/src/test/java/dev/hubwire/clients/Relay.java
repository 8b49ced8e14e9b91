package dev.hubwire.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay in front of a server: the bad network that a test needs. */
final class Relay implements AutoCloseable {
  private final URI target;
  private final ServerSocket entrance;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Set by the test, read by the relay's threads. */
  private volatile boolean down;

  private Relay(URI target, ServerSocket entrance) {
    this.target = target;
    this.entrance = entrance;
  }

  static Relay before(URI target) throws IOException {
    var relay = new Relay(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("relay").start(relay::accept);
    return relay;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
  }

  /** Resets what is open, and lets nobody in until it is mended. */
  void cut() {
    down = true;
    sockets.forEach(Relay::reset);
  }

  void mend() {
    down = false;
  }

  @Override
  public void close() throws IOException {
    cut();
    entrance.close();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        join(entrance.accept());
      } catch (IOException e) {
        // Closed, or a client that left at once.
      }
    }
  }

  private void join(Socket client) throws IOException {
    var upstream = new Socket(target.getHost(), target.getPort());
    sockets.add(client);
    sockets.add(upstream);
    Thread.ofVirtual().start(() -> pump(client, upstream));
    Thread.ofVirtual().start(() -> pump(upstream, client));
    if (down) {
      reset(client);
      reset(upstream);
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side is gone, and now the other.
    } finally {
      sockets.remove(from);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already, as it should be.
    }
  }
}
