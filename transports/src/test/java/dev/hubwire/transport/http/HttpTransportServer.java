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
import dev.hubwire.transport.User;
import dev.hubwire.transport.buffer.BufferPool;
import dev.hubwire.transport.endpoint.Endpoint;
import dev.hubwire.transport.endpoint.EndpointServices;
import dev.hubwire.transport.longpoll.LongPollingStarter;
import dev.hubwire.transport.loop.IoLoop;
import dev.hubwire.transport.loop.IoLoops;
import dev.hubwire.transport.session.ConnectionTable;
import dev.hubwire.transport.session.Session;
import dev.hubwire.transport.sse.SseStarter;
import dev.hubwire.transport.websocket.WebSocketStarter;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint with every transport on a started server, with a clock that only the test moves. When
 * it is closed, everything must be gone, and every listener must have heard of its end once.
 */
public final class HttpTransportServer implements AutoCloseable {
  public static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(15);

  /** When the test begins; {@link #advance} moves on from there. */
  public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final AtomicLong clock = new AtomicLong();
  private final IoLoops loops = new IoLoops(Duration.ofDays(1), clock::get, this::timeOfDay);
  private final BufferPool pool = new BufferPool();
  private final BlockingQueue<TransportConnection> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final List<String> users = new CopyOnWriteArrayList<>();
  private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          new ConnectionTable.Limits(10_000, DISCONNECT_TIMEOUT),
          clock::get,
          Runnable::run);
  private final AtomicLong requests = new AtomicLong();
  private final Undertow http;

  private final AtomicInteger listeners = new AtomicInteger();
  private final AtomicInteger listenersTold = new AtomicInteger();

  /** Run with each piece of input; set by a test. */
  private volatile Runnable onReceived = () -> {};

  /** Run before a connection has its listener; set by a test. */
  private volatile Runnable onConnected = () -> {};

  /** Run when a connection is about to be closed; set by a test. */
  private volatile Consumer<TransportConnection> onClosing = connection -> {};

  public HttpTransportServer() {
    this(TransportOptions.defaults());
  }

  public HttpTransportServer(TransportOptions options) {
    EndpointServices services =
        new EndpointServices(
            table,
            Map.of(
                Transport.WEB_SOCKETS,
                    new WebSocketStarter(loops, ConnectionTable.DEFAULT_DISCONNECT_TIMEOUT),
                Transport.SERVER_SENT_EVENTS, new SseStarter(loops),
                Transport.LONG_POLLING, new LongPollingStarter(loops, DISCONNECT_TIMEOUT)),
            new UploadHandler(UploadLimits.defaults(), table.refusals(), clock::get),
            WebSocketStarter::isHandshake,
            new EndpointServices.Surroundings(null, this::timeOfDay));
    Endpoint endpoint =
        new Endpoint("/c", options, this::open, services, ResponseCodeHandler.HANDLE_404);
    http =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(1)
            .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(withHttp2(counted(endpoint)))
            .build();
    http.start();
  }

  /** Clients that ask for HTTP/2 get it. */
  private static HttpHandler withHttp2(HttpHandler endpoint) {
    HttpHandler upgrade = new Http2UpgradeHandler(endpoint);
    return exchange -> (exchange.isHttp11() ? upgrade : endpoint).handleRequest(exchange);
  }

  private HttpHandler counted(HttpHandler endpoint) {
    return exchange -> {
      exchange.getIoThread().execute(requests::incrementAndGet); // when its handlers have returned
      exchange.addExchangeCompleteListener(
          (completed, next) -> {
            requests.decrementAndGet();
            next.proceed();
          });
      endpoint.handleRequest(exchange);
    };
  }

  private Instant timeOfDay() {
    return START.plusNanos(clock.get());
  }

  public int port() {
    return ((InetSocketAddress) http.getListenerInfo().getFirst().getAddress()).getPort();
  }

  /** The target of a new connection's requests. */
  public String negotiate() {
    Session session = Objects.requireNonNull(table.negotiate("/c", 1, false, Transport.all()));
    return "/c?id=" + session.token().value();
  }

  public TransportConnection connection() throws InterruptedException {
    return Objects.requireNonNull(opened.poll(10, TimeUnit.SECONDS), "no connection was opened");
  }

  public void onReceived(Runnable action) {
    onReceived = action;
  }

  public void onConnected(Runnable action) {
    onConnected = action;
  }

  public void onClosing(Consumer<TransportConnection> action) {
    onClosing = action;
  }

  /** The next piece of input, or null if none comes. */
  public @Nullable String received() throws InterruptedException {
    return received.poll(10, TimeUnit.SECONDS);
  }

  /** Whom the listeners were told of when credentials were renewed: ids, with roles. */
  List<String> renewedUsers() {
    return users;
  }

  public boolean hasReceived() {
    return !received.isEmpty();
  }

  /** Why the next connection ended, or null if none ends. */
  public @Nullable CloseReason end() throws InterruptedException {
    return ends.poll(10, TimeUnit.SECONDS);
  }

  public SharedPayload payload(String content) {
    PayloadWriter writer = new PayloadWriter(content.length());
    writer.write(content.getBytes(UTF_8));
    return SharedPayload.pooled(writer, TransferFormat.TEXT, pool);
  }

  /** Moves the clock and has every loop scan its connections. */
  public void advance(Duration duration) {
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

  public int connections() {
    return loops.members();
  }

  /** How many sockets of clients are open. */
  public long sockets() {
    return http.getListenerInfo().getFirst().getConnectorStatistics().getActiveConnections();
  }

  /** Waits until so many requests are with their connections and have no complete answer yet. */
  public void awaitRequests(int count) {
    await(() -> requests.get() == count);
    advance(Duration.ZERO); // a turn of every loop
  }

  /** Lets the time pass in which connections of clients that left are given up. */
  public void awaitNoConnections() {
    await(
        () -> {
          advance(DISCONNECT_TIMEOUT.plusSeconds(1));
          return connections() == 0;
        });
  }

  public static void await(BooleanSupplier condition) {
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
    assertThat(listenersTold).as("ends told").hasValue(listeners.get());
  }

  private TransportListener open(TransportConnection connection) {
    opened.add(connection);
    onConnected.run();
    listeners.incrementAndGet();
    return new TransportListener() {
      @Override
      public void onReceived(ByteBuffer bytes) {
        received.add(UTF_8.decode(bytes).toString());
        onReceived.run();
      }

      @Override
      public void onUserChanged(@Nullable User user) {
        users.add(user == null ? "nobody" : user.id() + user.roles());
      }

      @Override
      public void onClosing(CloseReason reason) {
        onClosing.accept(connection);
      }

      @Override
      public void onClosed(CloseReason reason, @Nullable Throwable cause) {
        listenersTold.incrementAndGet();
        ends.add(reason);
      }
    };
  }
}
