package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.MemberNaming;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;

/** Which hub protocols a hub offers, and how the server sets them up. */
class ProtocolChoiceTest {
  private static final String WHERE_IN_JSON = "{\"type\":1,\"target\":\"where\",\"arguments\":[]}";

  /** {@code [1, {}, nil, "where", []]} */
  private static final String WHERE_IN_MESSAGEPACK = "0b950180c0a5776865726590";

  @Test
  void aHubOffersBothUnlessToldOtherwise() {
    try (HubServer server = serve(builder -> {}, hub -> {});
        RawClient text = new RawClient(server.port(), "/hub");
        BinaryClient binary = new BinaryClient(server.port(), "/hub")) {
      text.send(WHERE_IN_JSON);
      assertThat(text.receive())
          .isEqualTo("{\"type\":1,\"target\":\"at\",\"arguments\":[{\"homeTown\":\"Bath\"}]}");
      binary.send(HexFormat.of().parseHex(WHERE_IN_MESSAGEPACK));
      assertThat(new String(binary.receive(), UTF_8)).contains("HomeTown").contains("Bath");
    }
  }

  @Test
  void aMessageToAllReachesEachInItsProtocol() {
    try (HubServer server = serve(builder -> {}, hub -> {});
        RawClient text = new RawClient(server.port(), "/hub");
        BinaryClient binary = new BinaryClient(server.port(), "/hub")) {
      server.hubContext(PlaceHub.class).clients().all().send("said", "x");
      assertThat(text.receive())
          .isEqualTo("{\"type\":1,\"target\":\"said\",\"arguments\":[\"x\"]}");
      assertThat(binary.receive())
          .isEqualTo(HexFormat.of().parseHex("0d960180c0a47361696491a17890"));
    }
  }

  @Test
  void aHubMayOfferLess() {
    try (HubServer server = serve(builder -> {}, hub -> hub.supportedProtocols(List.of("JSON")));
        RawClient text = new RawClient(server.port(), "/hub")) {
      assertThat(BinaryClient.answerToHandshake(server.port(), "/hub"))
          .isEqualTo("{\"error\":\"The protocol 'messagepack' is not supported.\"}\u001e");
      text.send("{\"type\":6}");
      server.hubContext(PlaceHub.class).clients().all().send("said", "x");
      assertThat(text.receive()).contains("said");
    }
  }

  @Test
  void aHubCannotOfferWhatTheServerDoesNotHave() {
    HubServerBuilder builder =
        HubServer.builder()
            .hub("/hub", PlaceHub::new, hub -> hub.supportedProtocols(List.of("blazorpack")));
    assertThatIllegalArgumentException()
        .isThrownBy(builder::toHandler)
        .withMessage("supportedProtocols: [blazorpack] (expected: some of [json, messagepack])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HubOptions.builder().supportedProtocols(List.of()))
        .withMessage("supportedProtocols: [] (expected: at least one)");
  }

  @Test
  void valuesLookAsTheServerIsTold() {
    try (HubServer server =
            serve(
                builder ->
                    builder
                        .jsonMapper(
                            json ->
                                json.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                        .messagePackNaming(MemberNaming.CAMEL_CASE),
                hub -> {});
        RawClient text = new RawClient(server.port(), "/hub");
        BinaryClient binary = new BinaryClient(server.port(), "/hub")) {
      text.send(WHERE_IN_JSON);
      assertThat(text.receive()).contains("{\"home_town\":\"Bath\"}");
      binary.send(HexFormat.of().parseHex(WHERE_IN_MESSAGEPACK));
      assertThat(new String(binary.receive(), UTF_8)).contains("homeTown");
    }
  }

  private static HubServer serve(
      Consumer<HubServerBuilder> setUp, Consumer<HubOptions.Builder> options) {
    HubServerBuilder builder =
        HubServer.builder().hub("/hub", PlaceHub::new, options).listen("127.0.0.1", 0);
    setUp.accept(builder);
    return builder.start();
  }

  /** What a client is told. */
  public record Place(String homeTown) {}

  /** Sends its caller an object. */
  public static class PlaceHub extends Hub<ClientProxy> {
    public void where() {
      clients().caller().send("at", new Place("Bath"));
    }
  }
}
