package dev.hubwire.probe.check;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that knows nothing of HTTP but the head of each connection's first request: it takes
 * connections to its servers in turn, and treats some of them badly.
 */
final class Relay implements Closeable {
  private static final int MAX_HEAD = 16_384;

  private final List<URI> servers;
  private final ServerSocket entrance;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Predicate<String> holdsBack;
  private final @Nullable Duration idle;

  /** Owned by the thread that accepts. */
  private int next;

  private Relay(List<URI> servers, Predicate<String> holdsBack, @Nullable Duration idle)
      throws IOException {
    this.servers = List.copyOf(servers);
    this.holdsBack = holdsBack;
    this.idle = idle;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  /** Without any affinity. */
  static Relay inTurn(URI... servers) throws IOException {
    return new Relay(List.of(servers), head -> false, null);
  }

  /** Keeps responses to itself until they end, where the request's head is of some kind. */
  static Relay holdingBack(URI server, Predicate<String> requestHead) throws IOException {
    return new Relay(List.of(server), requestHead, null);
  }

  /** Cuts connections over which nothing comes from the server for so long. */
  static Relay cuttingIdle(URI server, Duration idle) throws IOException {
    return new Relay(List.of(server), head -> false, idle);
  }

  /** The first server's hub by way of this. */
  URI hub() {
    return Probing.hubAt(entrance.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        URI server = servers.get(next++ % servers.size());
        Thread.ofVirtual().start(() -> join(client, server));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void join(Socket client, URI server) {
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      sockets.add(client);
      sockets.add(upstream);
      byte[] head = head(client.getInputStream());
      upstream.getOutputStream().write(head);
      Thread.ofVirtual().start(() -> pump(client, upstream));
      if (holdsBack.test(new String(head, StandardCharsets.ISO_8859_1))) {
        client.getOutputStream().write(whole(upstream.getInputStream()));
      } else {
        answer(upstream, client);
      }
    } catch (IOException e) {
      // One side is gone, and now the other.
    }
  }

  /** What the client sent first; heads are sent in one write. */
  private static byte[] head(InputStream in) throws IOException {
    byte[] buffer = new byte[MAX_HEAD];
    int count = in.read(buffer);
    return Arrays.copyOf(buffer, Math.max(count, 0));
  }

  /** A chunked response to its last chunk, or all until the connection ends. */
  private static byte[] whole(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    byte[] buffer = new byte[MAX_HEAD];
    int count;
    while (!all.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n0\r\n\r\n")
        && (count = in.read(buffer)) >= 0) {
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }

  private void answer(Socket upstream, Socket client) throws IOException {
    if (idle != null) {
      upstream.setSoTimeout((int) idle.toMillis());
    }
    byte[] buffer = new byte[MAX_HEAD];
    OutputStream out = client.getOutputStream();
    try {
      int count;
      while ((count = upstream.getInputStream().read(buffer)) >= 0) {
        out.write(buffer, 0, count);
      }
    } catch (SocketTimeoutException e) {
      // Idle for too long: closed by the caller.
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side is gone; the other direction closes both.
    }
  }
}
