package dev.hubwire.protocol.json;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.vectors.RecordedHub.Color;
import dev.hubwire.protocol.vectors.Vector;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The messages that vectors show as JSON, with the Java values an application would send. */
final class VectorMessages {
  /** What a hub's saved person looks like; the reference's has the same members in upper case. */
  record Saved(String name, int age, @Nullable List<String> tags, String homeUrl) {}

  private static final Map<String, List<Object>> TYPED_ARGUMENTS =
      Map.of(
          "json/s2c/invocation-object",
          List.of(new Saved("Ann", 30, null, "http://x/?a=1&b=<2>")),
          "json/s2c/payload-types",
          List.of(
              new byte[] {1, 2, 3},
              Instant.parse("2024-02-29T12:30:45.123Z"),
              UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
              new BigDecimal("1.10"),
              9007199254740991L,
              Color.BLUE,
              'c'));

  private VectorMessages() {}

  static HubMessage of(Vector vector) {
    JsonNode node = vector.messages().getFirst();
    String id = node.path("invocationId").asString(null);
    return switch (node.get("type").asInt()) {
      case 1 ->
          new HubMessage.Invocation(
              headers(node),
              id,
              node.get("target").asString(),
              TYPED_ARGUMENTS.getOrDefault(vector.toString(), elements(node.get("arguments"))),
              List.of());
      case 2 -> new HubMessage.StreamItem(headers(node), id, node.get("item"));
      case 3 -> new Completion(headers(node), id, outcome(node));
      case 6 -> HubMessage.Ping.INSTANCE;
      case 7 ->
          new HubMessage.Close(
              node.path("error").asString(null), node.path("allowReconnect").asBoolean(false));
      case 8 -> new HubMessage.Ack(node.get("sequenceId").asLong());
      case 9 -> new HubMessage.Sequence(node.get("sequenceId").asLong());
      default -> throw new IllegalArgumentException(vector.toString());
    };
  }

  private static Outcome outcome(JsonNode node) {
    if (node.has("error")) {
      return new Outcome.Failure(node.get("error").asString());
    }
    return node.has("result") ? new Outcome.Result(node.get("result")) : Outcome.Nothing.INSTANCE;
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new java.util.LinkedHashMap<>();
    node.path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asString()));
    return headers;
  }

  private static List<Object> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(Object.class::cast).toList();
  }
}
