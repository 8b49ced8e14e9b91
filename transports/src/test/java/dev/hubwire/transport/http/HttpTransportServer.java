package dev.hubwire.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.buffer.BufferPool;
import dev.hubwire.transport.endpoint.Endpoint;
import dev.hubwire.transport.endpoint.EndpointServices;
import dev.hubwire.transport.longpoll.LongPollingStarter;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.session.ConnectionTable;
import dev.hubwire.transport.session.Session;
import dev.hubwire.transport.sse.SseStarter;
import io.undertow.Undertow;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint with event streams and long polls on a started server, with a clock that only the
 * test moves.
 */
final class HttpTransportServer implements AutoCloseable {
  static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(15);

  private final AtomicLong clock = new AtomicLong();
  private final IoLoops loops = new IoLoops(Duration.ofDays(1), clock::get);
  private final BufferPool pool = new BufferPool();
  private final BlockingQueue<TransportConnection> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          new ConnectionTable.Limits(10_000, DISCONNECT_TIMEOUT),
          clock::get,
          Runnable::run);
  private final Undertow http;

  /** Run with each piece of input; set by a test. */
  private volatile Runnable onReceived = () -> {};

  HttpTransportServer() {
    EndpointServices services =
        new EndpointServices(
            table,
            Map.of(
                Transport.SERVER_SENT_EVENTS, new SseStarter(loops),
                Transport.LONG_POLLING, new LongPollingStarter(loops, DISCONNECT_TIMEOUT)),
            new UploadHandler(UploadLimits.defaults(), table.refusals(), clock::get),
            exchange -> false,
            null);
    http =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(1)
            .setHandler(
                new Endpoint(
                    "/c",
                    TransportOptions.defaults(),
                    this::open,
                    services,
                    ResponseCodeHandler.HANDLE_404))
            .build();
    http.start();
  }

  int port() {
    return ((InetSocketAddress) http.getListenerInfo().getFirst().getAddress()).getPort();
  }

  /** The target of a new connection's requests. */
  String negotiate() {
    Session session = Objects.requireNonNull(table.negotiate("/c", 1, false, Transport.all()));
    return "/c?id=" + session.token().value();
  }

  TransportConnection connection() throws InterruptedException {
    return Objects.requireNonNull(opened.poll(10, TimeUnit.SECONDS), "no connection was opened");
  }

  void onReceived(Runnable action) {
    onReceived = action;
  }

  /** The next piece of input, or null if none comes. */
  @Nullable String received() throws InterruptedException {
    return received.poll(10, TimeUnit.SECONDS);
  }

  boolean hasReceived() {
    return !received.isEmpty();
  }

  /** Why the next connection ended, or null if none ends. */
  @Nullable CloseReason end() throws InterruptedException {
    return ends.poll(10, TimeUnit.SECONDS);
  }

  SharedPayload payload(String content) {
    PayloadWriter writer = new PayloadWriter(content.length());
    writer.write(content.getBytes(UTF_8));
    return SharedPayload.pooled(writer, TransferFormat.TEXT, pool);
  }

  /** Moves the clock and has every loop scan its connections. */
  void advance(Duration duration) {
    clock.addAndGet(duration.toNanos());
    for (IoLoop loop : loops.all()) {
      CompletableFuture<Void> scanned = new CompletableFuture<>();
      loop.execute(
          () -> {
            loop.tick();
            scanned.complete(null);
          });
      scanned.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  int connections() {
    return loops.members();
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
    }
  }

  /** Stops; fails unless everything that was connected has gone. */
  @Override
  public void close() {
    await(() -> connections() == 0 && table.attachedCount() == 0);
    loops.close();
    http.stop();
    assertThat(pool.outstanding()).as("buffers on loan").isZero();
  }

  private TransportListener open(TransportConnection connection) {
    opened.add(connection);
    return new TransportListener() {
      @Override
      public void onReceived(ByteBuffer bytes) {
        received.add(UTF_8.decode(bytes).toString());
        onReceived.run();
      }

      @Override
      public void onClosed(CloseReason reason, @Nullable Throwable cause) {
        ends.add(reason);
      }
    };
  }
}
