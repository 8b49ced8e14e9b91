package dev.hubwire.dispatch;

import dev.hubwire.backplane.LocalBackplane;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubContext;
import dev.hubwire.hub.StreamSource;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.protocol.messagepack.MessagePackHubProtocol;
import dev.hubwire.reconnect.ReconnectLimits;
import dev.hubwire.registry.BackplaneHubContext;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.registry.Lanes;
import dev.hubwire.registry.Waiting;
import dev.hubwire.testing.CountingClient;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.User;
import dev.hubwire.transport.buffer.BufferPool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A hub and one client that re-attaches, without sockets, threads or a clock of their own: what is
 * on its way between them moves when a test says so.
 */
final class ReattachHarness {
  static final int EVERYTHING = Integer.MAX_VALUE;

  private static final List<HubProtocol> PROTOCOLS =
      List.of(new JsonHubProtocol(), new MessagePackHubProtocol());

  private final ManualLane lane = new ManualLane();
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final BufferPool pool = new BufferPool();
  private final HubContext<ClientProxy> context;
  private final HubRegistry registry;
  private final CutLine line;
  private final CountingClient client;
  private final List<Integer> notes = new ArrayList<>();
  private final List<Optional<Throwable>> ends = new ArrayList<>();
  private long now;

  /**
   * @param protocol its name
   * @param version of the hub protocol, for the handshake
   * @param bufferBytes for messages that are not acknowledged
   */
  ReattachHarness(String protocol, int version, int bufferBytes) {
    var hub = HubType.of(() -> new NoteHub(this), HubExtensions.NONE);
    Lanes lanes = new Lanes();
    registry = new HubRegistry(lanes, pool);
    Waiting.Timer noTimer =
        (delay, task) -> {
          throw new IllegalStateException("no call here has a limit in time");
        };
    var hubContext =
        new BackplaneHubContext<>(
            hub.clientInterface(),
            new LocalBackplane(registry),
            new Waiting(threads::add, noTimer, lanes));
    context = hubContext;
    var runtime =
        new HubRuntime<>(
            hub,
            settings(bufferBytes),
            PROTOCOLS,
            registry,
            hubContext,
            new HubRuntime.Surroundings(threads::add, () -> now, noTimer));
    line = new CutLine(lane, runtime);
    client = new CountingClient(named(protocol));
    client.shakeHands(version);
    exchange();
  }

  private static HubSettings settings(int bufferBytes) {
    return new HubSettings(
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        32_768,
        65_536,
        1,
        true,
        User::id,
        new HubSettings.StreamLimits(2, 3),
        new ReconnectLimits(bufferBytes, SlowConsumerPolicy.WAIT));
  }

  private static HubProtocol named(String name) {
    return PROTOCOLS.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  CountingClient client() {
    return client;
  }

  CutLine line() {
    return line;
  }

  ManualLane lane() {
    return lane;
  }

  /** What the client's calls of {@code note} brought, in order. */
  List<Integer> notes() {
    return notes;
  }

  /** What the hub was told of the end, each time. */
  List<Optional<Throwable>> ends() {
    return ends;
  }

  /** How many pieces of shared memory are lent. */
  long buffers() {
    return pool.outstanding();
  }

  /** How many clients the registry knows. */
  int registered() {
    return registry.size();
  }

  /** The client calls {@code note}. */
  void clientNotes(int number) {
    client.send(
        new HubMessage.Invocation(
            Map.of(), String.valueOf(number), "note", List.of(number), List.of()));
  }

  /** Sends to all from outside the hub; not through the lane, so it waits where it has to. */
  void serverTells(int number) {
    context.clients().all().send("tell", number);
    settle();
  }

  /** As {@link #serverTells}, from any thread. */
  void serverTellsFromElsewhere(int number) {
    context.clients().all().send("tell", number);
  }

  /** Moves bytes to the server and lets it work. */
  void up(int most) {
    if (line.isAttached()) {
      line.up(client.up(most));
      settle();
    }
  }

  /** Moves bytes to the client. */
  void down(int most) {
    client.down(line.down(most));
  }

  /** Moves everything in both directions, until there is nothing. */
  void exchange() {
    for (int i = 0; i < 3; i++) {
      up(EVERYTHING);
      down(EVERYTHING);
    }
  }

  /** The client comes back. */
  void reattach() {
    line.attach();
    client.reattach();
    settle();
  }

  void advance(Duration duration) {
    now += duration.toNanos();
    line.tick(now);
    settle();
  }

  void settle() {
    do {
      lane.runAll();
      Runnable thread = threads.poll();
      if (thread != null) {
        thread.run();
      }
    } while (lane.waiting() > 0 || !threads.isEmpty());
  }

  /** As {@link CountingClient#told}. */
  List<Integer> told() {
    return client.told();
  }

  /** As {@link CountingClient#answers}. */
  List<Integer> answers() {
    return client.answers();
  }

  /** What the client calls. */
  public static final class NoteHub extends Hub<ClientProxy> {
    private final ReattachHarness harness;

    NoteHub(ReattachHarness harness) {
      this.harness = harness;
    }

    public int note(int number) {
      harness.notes.add(number);
      return number;
    }

    public void keep(StreamSource<Integer> items) {
      for (int item : items) {
        harness.notes.add(item);
      }
    }

    public void leave() {
      context().abort();
    }

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      harness.ends.add(Optional.ofNullable(error));
    }
  }
}
