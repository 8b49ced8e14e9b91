package dev.hubwire.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * A network between clients and a server that can fall silent: from then on bytes vanish in both
 * directions, and no socket is closed.
 */
final class BlackHole implements AutoCloseable {
  private final int serverPort;
  private final ServerSocket door;
  private final Queue<Closeable> sockets = new ConcurrentLinkedQueue<>();

  private final AtomicLong delivered = new AtomicLong();

  /** Set by the test, read by the threads that copy. */
  private volatile boolean silent;

  BlackHole(int serverPort) {
    this.serverPort = serverPort;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** What clients have sent that has reached the server. */
  long bytesDelivered() {
    return delivered.get();
  }

  void fallSilent() {
    silent = true;
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Closeable socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = kept(door.accept());
        Socket server = kept(new Socket(InetAddress.getLoopbackAddress(), serverPort));
        Thread.ofVirtual().start(() -> copy(client, server, delivered::addAndGet));
        Thread.ofVirtual().start(() -> copy(server, client, unused -> {}));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private Socket kept(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private void copy(Socket from, Socket to, LongConsumer count) {
    byte[] piece = new byte[8_192];
    try {
      int length;
      while ((length = from.getInputStream().read(piece)) >= 0) {
        if (!silent) {
          to.getOutputStream().write(piece, 0, length);
          count.accept(length);
        }
      }
      if (!silent) {
        to.shutdownOutput();
      }
    } catch (IOException closed) {
      // The test is over, or one side has closed: what is on its way then is lost anyway.
    }
  }
}
