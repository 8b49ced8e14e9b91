package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.json.JsonHubProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients on bare sockets that lose them and come back. */
class StatefulReconnectSocketTest {
  private final BlockingQueue<Integer> notes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Optional<Throwable>> ends = new LinkedBlockingQueue<>();
  private final HubServer server = start();

  private HubServer start() {
    return HubServer.builder()
        .hub("/notes", () -> new NoteHub(this), hub -> hub.allowStatefulReconnects(true))
        .listen("127.0.0.1", 0)
        .ioThreads(3)
        .scanInterval(Duration.ofMillis(20))
        .limits(ServerLimits.builder().disconnectTimeout(Duration.ofMillis(400)).build())
        .start();
  }

  @AfterEach
  void nothingIsLeft() {
    await(() -> server.holdings().equals(new HubHandler.Holdings(0, 0, 0, 0)));
    server.close();
  }

  @Test
  void goesOnWhereItWasCut() throws Exception {
    try (ReattachingClient client = connect(2)) {
      note(client, 1);
      assertThat(notes.take()).isEqualTo(1);
      client.cut();
      tell(7);
      client.reattach();
      tell(8);
      note(client, 2);
      client.readUntil(
          () -> client.model().told().size() == 2 && client.model().answers().size() == 2);
      assertThat(client.model().told()).containsExactly(7, 8);
      assertThat(client.model().answers()).containsExactly(1, 2);
      acknowledgeAll(client);
    }
    assertThat(ends.take()).isEmpty();
  }

  @Test
  void takesOverFromASocketThatLooksAlive() throws Exception {
    try (ReattachingClient client = connect(2)) {
      note(client, 1);
      assertThat(notes.take()).isEqualTo(1);
      assertThat(client.takeOver()).isEqualTo(1000);
      note(client, 2);
      client.readUntil(() -> client.model().answers().size() == 2);
      assertThat(client.model().answers()).containsExactly(1, 2);
      acknowledgeAll(client);
    }
    assertThat(ends.take()).isEmpty();
  }

  @Test
  void theHubHearsOnceOfAClientThatDoesNotComeBack() throws Exception {
    ReattachingClient client = connect(2);
    note(client, 1);
    client.readUntil(() -> client.model().answers().size() == 1);
    client.cut();
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(Optional.empty());
    await(() -> server.holdings().sessions() == 0);
    assertThat(client.refusal()).startsWith("HTTP/1.1 404 ");
    assertThat(ends).isEmpty();
  }

  @Test
  void aServerThatStopsDoesNotWaitForWhoeverIsAway() throws Exception {
    HubServer stopping = start();
    ReattachingClient client = connect(stopping, 2);
    note(client, 1);
    client.readUntil(() -> client.model().answers().size() == 1);
    client.cut();
    stopping.close();
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(Optional.empty());
    assertThat(ends).isEmpty();
  }

  @Test
  void aClientOfTheFirstVersionKeepsItsSocket() throws Exception {
    try (ReattachingClient client = connect(1)) {
      note(client, 1);
      client.readUntil(() -> client.model().answers().size() == 1);
      assertThat(client.refusal()).startsWith("HTTP/1.1 409 ");
      note(client, 2);
      client.readUntil(() -> client.model().answers().size() == 2);
      client.cut();
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(Optional.empty());
    }
  }

  @Test
  void aCloseMessageIsTheEnd() throws Exception {
    try (ReattachingClient client = connect(2)) {
      client.tell(new HubMessage.Close(null, false));
      assertThat(client.readCloseCode()).isEqualTo(1000);
      assertThat(ends.take()).isEmpty();
      await(() -> server.holdings().sessions() == 0);
      assertThat(client.refusal()).startsWith("HTTP/1.1 404 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void everyMessageArrivesOnceHoweverSocketsAreCut(int seed) throws Exception {
    Random random = new Random(seed);
    int noted = 0;
    int told = 0;
    try (ReattachingClient client = connect(2)) {
      note(client, noted++); // the server knows the client when this is answered
      client.readUntil(() -> client.model().answers().size() == 1);
      for (int round = 0; round < 25; round++) {
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
          note(client, noted++);
          tell(told++);
        }
        int frames = random.nextInt(count + 1);
        for (int i = 0; i < frames; i++) {
          client.readFrame();
        }
        switch (random.nextInt(3)) {
          case 0 -> {
            client.cutWithin(noteOf(noted++), random.nextInt(40));
            client.reattach();
          }
          case 1 -> {
            client.cut();
            client.reattach();
          }
          default -> assertThat(client.takeOver()).isEqualTo(1000);
        }
      }
      int allNotes = noted;
      int allTold = told;
      client.readUntil(
          () ->
              client.model().answers().size() >= allNotes
                  && client.model().told().size() >= allTold);
      acknowledgeAll(client);
    }
    assertThat(new ArrayList<>(notes)).isEqualTo(numbers(noted));
    assertThat(ends.take()).isEmpty();
  }

  private ReattachingClient connect(int version) {
    return connect(server, version);
  }

  private static ReattachingClient connect(HubServer server, int version) {
    return new ReattachingClient(server.port(), "/notes", new JsonHubProtocol(), version);
  }

  private static void acknowledgeAll(ReattachingClient client) {
    client.model().acknowledge();
    client.send(noteOf(-1));
    client.readUntil(() -> client.model().answers().contains(-1));
  }

  private void tell(int number) {
    server.hubContext(NoteHub.class).clients().all().send("tell", number);
  }

  private static void note(ReattachingClient client, int number) {
    client.send(noteOf(number));
  }

  private static HubMessage noteOf(int number) {
    return new HubMessage.Invocation(
        Map.of(), String.valueOf(number), "note", List.of(number), List.of());
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Notes what it is told, but for negative numbers. */
  public static final class NoteHub extends Hub<ClientProxy> {
    private final StatefulReconnectSocketTest test;

    NoteHub(StatefulReconnectSocketTest test) {
      this.test = test;
    }

    public int note(int number) {
      if (number >= 0) {
        test.notes.add(number);
      }
      return number;
    }

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      test.ends.add(Optional.ofNullable(error));
    }
  }
}
