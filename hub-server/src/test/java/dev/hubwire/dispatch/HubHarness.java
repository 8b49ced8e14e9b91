package dev.hubwire.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.backplane.LocalBackplane;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubContext;
import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.reconnect.ReconnectLimits;
import dev.hubwire.registry.BackplaneHubContext;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.registry.Lanes;
import dev.hubwire.registry.Waiting;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.User;
import dev.hubwire.transport.buffer.BufferPool;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A hub without sockets, threads or a clock of its own: one lane, time that a test sets, and
 * threads that run when the test's step runs them. {@link #withThreads} has threads that run as
 * they like, for methods that wait; the lane still runs on the test's thread.
 */
final class HubHarness<C> {
  static final HubSettings SETTINGS =
      new HubSettings(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          1_024,
          2_048,
          1,
          false,
          User::id,
          new HubSettings.StreamLimits(4, 3),
          new ReconnectLimits(200, SlowConsumerPolicy.WAIT));

  private final ManualLane lane = new ManualLane();
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final Executor executor;
  private final HubRuntime<C> runtime;
  private final HubRegistry registry;

  /** What is to happen later. Any thread. */
  private final Queue<Due> timers = new ConcurrentLinkedQueue<>();

  /** Nanoseconds. Set by the test, read by any thread. */
  private final AtomicLong now = new AtomicLong();

  private final BackplaneHubContext<C> context;
  private int connections;

  HubHarness(Supplier<? extends Hub<C>> hub) {
    this(hub, settings -> settings);
  }

  HubHarness(Supplier<? extends Hub<C>> hub, UnaryOperator<HubSettings> change) {
    this(HubType.of(hub, HubExtensions.NONE), change);
  }

  HubHarness(HubType<? extends Hub<C>, C> type, UnaryOperator<HubSettings> change) {
    this(type, change.apply(SETTINGS), null);
  }

  /** A hub whose methods run on virtual threads. */
  static <C> HubHarness<C> withThreads(
      Supplier<? extends Hub<C>> hub, UnaryOperator<HubSettings> change) {
    return withThreads(HubType.of(hub, HubExtensions.NONE), change);
  }

  static <C> HubHarness<C> withThreads(
      HubType<? extends Hub<C>, C> type, UnaryOperator<HubSettings> change) {
    return new HubHarness<>(type, change.apply(SETTINGS), task -> Thread.ofVirtual().start(task));
  }

  /** Tells clients what went wrong. */
  static HubSettings detailed(HubSettings from) {
    return new HubSettings(
        from.keepAlive(),
        from.clientTimeout(),
        from.handshakeTimeout(),
        from.maxMessageBytes(),
        from.maxReceivedBytes(),
        from.parallelInvocations(),
        true,
        from.userId(),
        from.streams(),
        from.reconnect());
  }

  private HubHarness(
      HubType<? extends Hub<C>, C> type, HubSettings settings, @Nullable Executor executor) {
    this.executor = executor == null ? threads::add : executor;
    Lanes lanes = new Lanes();
    registry = new HubRegistry(lanes, new BufferPool());
    context =
        new BackplaneHubContext<>(
            type.clientInterface(),
            new LocalBackplane(registry),
            new Waiting(this.executor, this::after, lanes));
    runtime =
        new HubRuntime<>(
            type,
            settings,
            List.of(new JsonHubProtocol()),
            registry,
            context,
            new HubRuntime.Surroundings(this.executor, now::get, this::after));
  }

  /** How many clients the registry knows. */
  int registered() {
    return registry.size();
  }

  /** What is open towards clients: calls that they have not answered, and times set for them. */
  int unanswered() {
    return registry.results().size() + timers.size();
  }

  /** Waits until so much is open towards clients; for hubs with threads. */
  void awaitUnanswered(int count) {
    while (unanswered() != count) {
      Thread.onSpinWait();
    }
  }

  HubContext<C> context() {
    return context;
  }

  /** Lets time pass for those who wait for clients' answers. */
  void pass(Duration duration) {
    runDue(now.addAndGet(duration.toNanos()));
    settle();
  }

  /** A client that has sent nothing yet. */
  Client open() {
    return new Client(null);
  }

  /** A client whose handshake is done, the answer taken. */
  Client connect() {
    return connect(null);
  }

  Client connect(@Nullable User user) {
    Client client = new Client(user);
    client.sends("{\"protocol\":\"json\",\"version\":1}");
    client.received.removeFirst();
    return client;
  }

  /** Lets time pass, and scans once at its end. */
  void advance(Duration duration, Client client) {
    long then = now.addAndGet(duration.toNanos());
    runDue(then);
    lane.call(() -> client.listener.onTick(then));
    settle();
  }

  private void runDue(long then) {
    List<Due> due = timers.stream().filter(timer -> timer.at() <= then).toList();
    due.stream().filter(timers::remove).forEach(timer -> timer.task().run());
  }

  private record Due(long at, Runnable task) {}

  private Runnable after(Duration delay, Runnable task) {
    Due due = new Due(now.get() + delay.toNanos(), task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  /** How many clocks run. */
  int timers() {
    return timers.size();
  }

  /** Runs lane and threads until both are idle. */
  void settle() {
    do {
      lane.runAll();
      Runnable thread = threads.poll();
      if (thread != null) {
        thread.run();
      }
    } while (lane.waiting() > 0 || !threads.isEmpty());
  }

  /** Threads that were started and have not run. */
  int waitingThreads() {
    return threads.size();
  }

  /** The other end of a connection. */
  final class Client implements TransportConnection {
    private final ConnectionId id = new ConnectionId("c" + ++connections);
    private final ConnectionRequest request;
    private final List<String> received = new ArrayList<>();
    private final TransportListener listener;

    /** Written by the lane, read by any thread. */
    private volatile @Nullable CloseReason closed;

    private final Queue<byte[]> unread = new ArrayDeque<>();
    private final Semaphore room = new Semaphore(0);
    private final Semaphore waiters = new Semaphore(0);
    private boolean paused;

    /** Written by the lane, read by any thread. */
    private volatile @Nullable User user;

    /** Whether the client takes nothing. Set by the test, read by any thread. */
    private volatile boolean congested;

    private Client(@Nullable User user) {
      this.user = user;
      request = new ConnectionRequest("/hub", List.of(), List.of(), null, user);
      listener = runtime.onConnected(this);
    }

    /** Sends records, each with its separator, in one piece; then lets everything happen. */
    void sends(String... records) {
      sendsBytes((String.join("\u001e", records) + "\u001e").getBytes(UTF_8));
      settle();
    }

    /** Sends bytes, and lets nothing else happen. What the server does not read yet is kept. */
    void sendsBytes(byte[] bytes) {
      unread.add(bytes);
      lane.call(this::read);
    }

    private void read() {
      while (!paused && !unread.isEmpty()) {
        listener.onReceived(ByteBuffer.wrap(unread.remove()));
      }
    }

    /** Waits until so many records have come in all; for hubs with threads. */
    List<String> awaits(int count) {
      while (received.size() < count) {
        lane.awaitOne();
      }
      return received();
    }

    /** Waits until reading goes on; for hubs with threads. */
    void awaitReading() {
      while (paused) {
        lane.awaitOne();
      }
    }

    /** Takes nothing from now on. */
    void congest() {
      congested = true;
    }

    /** Waits until a thread waits for the client to take something. */
    void awaitWaiter() throws InterruptedException {
      waiters.acquire();
    }

    /** Takes everything from now on. */
    void relieve() {
      congested = false;
      room.release();
    }

    /**
     * Shows other credentials, as by a refresh; then lets everything happen.
     *
     * @return whether they count from now on
     */
    boolean refreshes(@Nullable User shown) {
      boolean[] accepted = {false};
      lane.call(
          () -> {
            accepted[0] = listener.acceptsUser(user, shown);
            if (accepted[0]) {
              user = shown;
              listener.onUserChanged(shown);
            }
          });
      settle();
      return accepted[0];
    }

    /** Leaves without a word. */
    void vanishes() {
      closed = CloseReason.CLIENT_GONE;
      room.release();
      lane.call(() -> listener.onClosed(CloseReason.CLIENT_GONE, null));
      settle();
    }

    /** What has come, in order, without separators. */
    List<String> received() {
      return List.copyOf(received);
    }

    /** Why the server closed the connection, or null. */
    @Nullable CloseReason closeReason() {
      return closed;
    }

    boolean isPaused() {
      return paused;
    }

    /** What a server that is taken out of service sees when it looks. */
    boolean isBusy() {
      boolean[] busy = {false};
      lane.call(() -> busy[0] = listener.isBusy());
      return busy[0];
    }

    @Override
    public ConnectionId id() {
      return id;
    }

    @Override
    public Transport transport() {
      return Transport.WEB_SOCKETS;
    }

    @Override
    public Set<TransferFormat> transferFormats() {
      return transport().transferFormats();
    }

    @Override
    public ConnectionRequest request() {
      return request;
    }

    @Override
    public @Nullable User user() {
      return user;
    }

    @Override
    public Lane lane() {
      return lane;
    }

    @Override
    public SendResult send(SharedPayload payload) {
      lane.execute(() -> deliver(payload));
      return closed != null
          ? SendResult.CLOSED
          : congested ? SendResult.CONGESTED : SendResult.ACCEPTED;
    }

    @Override
    public SendResult deliver(SharedPayload payload) {
      if (closed == null) {
        String text = UTF_8.decode(payload.content()).toString();
        for (String record : text.split("\u001e", -1)) {
          if (!record.isEmpty()) {
            received.add(record);
          }
        }
      }
      payload.release();
      return SendResult.ACCEPTED;
    }

    @Override
    public boolean isWritable() {
      return closed != null || !congested;
    }

    @Override
    public void awaitWritable() throws InterruptedException {
      waiters.release();
      room.acquire();
      room.release();
    }

    @Override
    public void close(CloseReason reason) {
      lane.execute(
          () -> {
            if (closed == null) {
              listener.onClosing(reason);
              closed = reason;
              listener.onClosed(reason, null);
            }
          });
    }

    @Override
    public void abort(CloseReason reason) {
      close(reason);
    }

    @Override
    public void pauseReads() {
      paused = true;
    }

    @Override
    public void resumeReads() {
      paused = false;
      read();
    }
  }
}
