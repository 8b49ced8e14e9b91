package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.StreamSource;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Whatever bytes a client sends after a handshake for MessagePack, nobody notices but itself: its
 * connection answers or is closed, every other goes on, and nothing of it stays.
 */
class MessagePackFuzzTest {
  /** {@code [1, {}, "1", "echo", ["x"]]}, and its answer {@code [3, {}, "1", 3, "x"]} */
  private static final String CALL = "0d950180a131a46563686f91a178";

  private static final String ANSWER = "08950380a13103a178";

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** A call of every method, to be tampered with. */
  private static final List<String> CALLS =
      List.of(
          CALL,
          "11950180a131a4616e797391dc0003010203",
          "13950180a131a374616b9182a14e01a14c9201c0",
          "0e960480a132a5636f756e74910390",
          "0d960180a133a36164649091a134",
          "06940280a13401",
          "06940380a13402",
          "05930580a132",
          "029106",
          "049307c0c2");

  private static @Nullable HubServer server;
  private static @Nullable BinaryClient witness;

  @BeforeContainer
  static void start() {
    // No ping may come between a call and its answer.
    server =
        HubServer.builder()
            .hub(
                "/hub",
                OddHub::new,
                hub -> hub.keepAlive(Duration.ofHours(1)).clientTimeout(Duration.ofHours(2)))
            .listen("127.0.0.1", 0)
            .start();
    witness = new BinaryClient(server.port(), "/hub");
  }

  @AfterContainer
  static void stop() {
    if (witness != null) {
      witness.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Property(tries = 200)
  void bytesThatMakeNoSenseEndNoConnectionButTheirOwn(@ForAll byte[] bytes) {
    assertThatOthersGoOn(bytes);
  }

  @Property(tries = 200)
  void framesOfBytesThatMakeNoSenseEndNoConnectionButTheirOwn(@ForAll("framed") byte[] bytes) {
    assertThatOthersGoOn(bytes);
  }

  @Property(tries = 300)
  void recordsThatWereTamperedWithEndNoConnectionButTheirOwn(@ForAll("tampered") byte[] bytes) {
    assertThatOthersGoOn(bytes);
  }

  /** After a malformed client has left, its server and its neighbour are as before. */
  private static void assertThatOthersGoOn(byte[] bytes) {
    HubServer running = Objects.requireNonNull(server);
    try (BinaryClient hostile = new BinaryClient(running.port(), "/hub")) {
      hostile.send(bytes);
      BinaryClient neighbour = Objects.requireNonNull(witness);
      neighbour.send(HexFormat.of().parseHex(CALL));
      assertThat(neighbour.receive()).isEqualTo(HexFormat.of().parseHex(ANSWER));
      hostile.leave();
    }
    HubHandler.Holdings onlyTheWitness = new HubHandler.Holdings(1, 1, 1, 0);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!running.holdings().equals(onlyTheWitness)) {
      assertThat(System.nanoTime()).as("%s stay", running.holdings()).isLessThan(deadline);
    }
  }

  @Provide
  Arbitrary<byte[]> framed() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(120)
        .map(
            body -> {
              byte[] record = new byte[body.length + 1];
              record[0] = (byte) body.length;
              System.arraycopy(body, 0, record, 1, body.length);
              return record;
            });
  }

  @Provide
  Arbitrary<byte[]> tampered() {
    return Combinators.combine(
            Arbitraries.of(CALLS).map(HexFormat.of()::parseHex),
            Arbitraries.integers().between(0, 30),
            Arbitraries.bytes())
        .as(
            (record, position, replacement) -> {
              byte[] copy = record.clone();
              copy[position % copy.length] = replacement;
              return copy;
            });
  }

  /** What {@code tak} takes. */
  public record Node(int N, @Nullable List<@Nullable Integer> L) {}

  /** Takes values, streams and uploads. */
  public static class OddHub extends Hub<ClientProxy> {
    public String echo(String text) {
      return text;
    }

    public Object anys(Object value) {
      return value;
    }

    public Node tak(Node node) {
      return node;
    }

    public Stream<Integer> count(int to) {
      return Stream.iterate(0, i -> i < to, i -> i + 1);
    }

    public int add(StreamSource<Integer> numbers) {
      int sum = 0;
      try {
        for (int number : numbers) {
          sum += number;
        }
      } catch (CancellationException e) {
        // The client left without an end of its upload.
      }
      return sum;
    }

    public Map<Object, Object> odd(Map<Object, Object> entries) {
      return entries;
    }
  }
}
