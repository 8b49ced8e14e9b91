package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.endpoint.Endpoint;
import dev.hubwire.transport.endpoint.EndpointServices;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.session.ConnectionTable;
import io.undertow.Undertow;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** One WebSocket endpoint on a started server, with a clock that only the test moves. */
final class SocketServer implements AutoCloseable {
  static final String PATH = "/socket";

  private final AtomicLong clock = new AtomicLong();
  private final IoLoops loops = new IoLoops(Duration.ofDays(1), clock::get);
  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          ConnectionTable.Limits.defaults(),
          clock::get,
          Runnable::run);
  private final Undertow http;

  SocketServer(ConnectionHandler handler, TransportOptions options) {
    this(handler, options, 1);
  }

  SocketServer(ConnectionHandler handler, TransportOptions options, int ioThreads) {
    EndpointServices services =
        new EndpointServices(
            table,
            Map.of(
                Transport.WEB_SOCKETS,
                new WebSocketStarter(loops, ConnectionTable.DEFAULT_DISCONNECT_TIMEOUT)),
            null,
            WebSocketStarter::isHandshake,
            new EndpointServices.Surroundings(null, InstantSource.system()));
    http =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(ioThreads)
            .setWorkerThreads(1)
            .setHandler(
                new Endpoint(PATH, options, handler, services, ResponseCodeHandler.HANDLE_404))
            .build();
    http.start();
  }

  int port() {
    return ((InetSocketAddress) http.getListenerInfo().getFirst().getAddress()).getPort();
  }

  ConnectionTable table() {
    return table;
  }

  /** Moves the clock and has every loop scan its connections. */
  void advance(Duration duration) {
    clock.addAndGet(duration.toNanos());
    for (IoLoop loop : loops.all()) {
      onLoop(loop, loop::tick);
    }
  }

  /** How many connections live on the loops. */
  int connections() {
    return loops.all().stream().mapToInt(loop -> onLoop(loop, loop::size)).sum();
  }

  /** Fails unless every connection ends soon and leaves nothing. */
  void awaitNoConnections() {
    await(() -> connections() == 0 && table.attachedCount() == 0);
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    loops.close();
    http.stop();
  }

  private static void onLoop(IoLoop loop, Runnable work) {
    onLoop(
        loop,
        () -> {
          work.run();
          return 0;
        });
  }

  private static int onLoop(IoLoop loop, IntSupplier work) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    loop.execute(() -> result.complete(work.getAsInt()));
    return result.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
