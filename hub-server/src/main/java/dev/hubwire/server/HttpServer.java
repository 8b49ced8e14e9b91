package dev.hubwire.server;

import dev.hubwire.transport.session.Refusals;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.xnio.Option;
import org.xnio.OptionMap;
import org.xnio.Options;

/** The HTTP server under the hubs: an Undertow, and listeners for TLS beside it. */
final class HttpServer implements AutoCloseable {
  /** How long the server waits for its own threads when it stops. */
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

  /** One record of TLS, less what goes around it: Undertow's own choice, as what follows. */
  private static final int BUFFER_BYTES = 16 * 1024 - 20;

  private static final int BUFFERS_PER_THREAD = 4;
  private static final int BACKLOG = 1_000;

  private final Undertow undertow;
  private final List<TlsListener> tlsListeners = new ArrayList<>();

  /** In the order in which the listeners were asked for. */
  private final List<InetSocketAddress> addresses = new ArrayList<>();

  private HttpServer(Undertow undertow) {
    this.undertow = undertow;
  }

  /**
   * @param root handles every request
   * @param refusals counts what is cut for a limit
   * @throws RuntimeException if it cannot listen there
   */
  static HttpServer start(
      List<Listener> listeners,
      int ioThreads,
      HttpHandler root,
      ServerLimits limits,
      Refusals refusals) {
    ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES, -1, BUFFERS_PER_THREAD);
    OptionMap serverOptions = serverOptions(limits);
    OptionMap socketOptions = socketOptions(ioThreads);
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(ioThreads)
            .setWorkerOption(Options.WORKER_NAME, "hubwire")
            .setByteBufferPool(buffers)
            .setHandler(root);
    serverOptions.forEach(option -> copyServerOption(option, serverOptions, builder));
    socketOptions.forEach(option -> copySocketOption(option, socketOptions, builder));
    for (Listener listener : listeners) {
      if (listener.keys() == null) {
        builder.addHttpListener(listener.port(), listener.host());
      }
    }
    HttpServer server = new HttpServer(builder.build());
    server.undertow.start();
    try {
      server.open(
          listeners,
          new TlsListener.Surroundings(
              server.undertow.getWorker(), buffers, serverOptions, socketOptions, root),
          limits,
          refusals);
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException(e);
    }
    return server;
  }

  /** Where it listens, in the order in which the listeners were asked for. */
  List<InetSocketAddress> addresses() {
    return addresses;
  }

  @Override
  public void close() {
    tlsListeners.forEach(TlsListener::close);
    undertow.stop();
  }

  private void open(
      List<Listener> listeners,
      TlsListener.Surroundings around,
      ServerLimits limits,
      Refusals refusals)
      throws IOException {
    Iterator<Undertow.ListenerInfo> inTheClear = undertow.getListenerInfo().iterator();
    for (Listener listener : listeners) {
      if (listener.keys() == null) {
        addresses.add((InetSocketAddress) inTheClear.next().getAddress());
      } else {
        TlsListener tls = TlsListener.open(listener, around, limits.handshakeTimeout(), refusals);
        tlsListeners.add(tls);
        addresses.add(tls.address());
      }
    }
  }

  private static OptionMap serverOptions(ServerLimits limits) {
    return OptionMap.builder()
        .addAll(limits.serverOptions())
        // In the clear, that would let clients upgrade past the rules of a proxy in front.
        .set(UndertowOptions.ENABLE_HTTP2, false)
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
        .set(UndertowOptions.SHUTDOWN_TIMEOUT, (int) SHUTDOWN_TIMEOUT.toMillis())
        .getMap();
  }

  private static OptionMap socketOptions(int ioThreads) {
    return OptionMap.builder()
        .set(Options.WORKER_IO_THREADS, ioThreads)
        .set(Options.TCP_NODELAY, true)
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.BALANCING_TOKENS, 1)
        .set(Options.BALANCING_CONNECTIONS, 2)
        .set(Options.BACKLOG, BACKLOG)
        .getMap();
  }

  private static <T> void copyServerOption(Option<T> option, OptionMap from, Undertow.Builder to) {
    to.setServerOption(option, from.get(option));
  }

  private static <T> void copySocketOption(Option<T> option, OptionMap from, Undertow.Builder to) {
    to.setSocketOption(option, from.get(option));
  }
}
