package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubClients;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that contain themselves: what sends one fails, and nothing else does. */
class CyclicValuesTest {
  /** {@code [1, {}, "1", "loop", []]} */
  private static final String LOOP = "0b950180a131a46c6f6f7090";

  /** {@code [4, {}, "2", "loops", []]} */
  private static final String LOOPS = "0c950480a132a56c6f6f707390";

  /** {@code [1, {}, nil, "said", ["x"], []]}, from the server. */
  private static final String SAID = "0d960180c0a47361696491a17890";

  private final HubServer server =
      HubServer.builder().hub("/hub", LoopHub::new).listen("127.0.0.1", 0).start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aResultThatContainsItselfFailsItsCall() {
    try (BinaryClient binary = new BinaryClient(server.port(), "/hub");
        RawClient text = new RawClient(server.port(), "/hub")) {
      binary.send(HexFormat.of().parseHex(LOOP));
      assertThat(new String(binary.receive(), UTF_8))
          .contains("An unexpected error occurred invoking 'loop' on the server.");
      text.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"loop\",\"arguments\":[]}");
      assertThat(text.receive())
          .contains("\"An unexpected error occurred invoking 'loop' on the server.\"");
      assertThatBothGoOn(binary, text);
    }
  }

  @Test
  void anItemThatContainsItselfFailsItsStream() {
    try (BinaryClient binary = new BinaryClient(server.port(), "/hub");
        RawClient text = new RawClient(server.port(), "/hub")) {
      binary.send(HexFormat.of().parseHex(LOOPS));
      assertThat(new String(binary.receive(), UTF_8))
          .contains("An error occurred on the server while streaming results.");
      assertThatBothGoOn(binary, text);
    }
  }

  @Test
  void aMessageThatContainsItselfFailsWhereItIsSent() {
    try (BinaryClient binary = new BinaryClient(server.port(), "/hub")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> clients().all().send("said", loop()))
          .withMessage(
              "an argument of 'said' cannot be written: Cannot write Invocation as MessagePack:"
                  + " values are nested deeper than 500 levels, or in themselves");
      try (RawClient text = new RawClient(server.port(), "/hub")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> clients().all().send("said", loop()))
            .withMessageStartingWith("an argument of 'said' cannot be written: ");
        assertThatBothGoOn(binary, text);
      }
    }
  }

  private HubClients<ClientProxy> clients() {
    return server.hubContext(LoopHub.class).clients();
  }

  private void assertThatBothGoOn(BinaryClient binary, RawClient text) {
    clients().all().send("said", "x");
    assertThat(binary.receive()).isEqualTo(HexFormat.of().parseHex(SAID));
    assertThat(text.receive()).isEqualTo("{\"type\":1,\"target\":\"said\",\"arguments\":[\"x\"]}");
  }

  private static List<Object> loop() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    return loop;
  }

  /** Answers with what cannot be written. */
  public static class LoopHub extends Hub<ClientProxy> {
    public List<Object> loop() {
      return CyclicValuesTest.loop();
    }

    public Stream<List<Object>> loops() {
      return Stream.of(CyclicValuesTest.loop());
    }
  }
}
