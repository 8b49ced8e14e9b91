package dev.hubwire.protocol.messagepack;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.messagepack.MessagePackHub.Color;
import dev.hubwire.protocol.messagepack.MessagePackHub.Person;
import dev.hubwire.protocol.vectors.Vector;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The messages that vectors show as JSON, with the Java values an application would send. */
final class VectorMessages {
  private static final Map<String, Object> TYPED_ARGUMENT =
      Map.of(
          "msgpack/s2c/invocation-object",
          new Person("Ann", 30, null),
          "msgpack/types/datetimeoffset",
          OffsetDateTime.parse("2016-05-10T13:51:20+12:34"),
          "msgpack/types/guid",
          UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
          "msgpack/types/decimal",
          new BigDecimal("1.10"),
          "msgpack/types/timespan",
          Duration.ofMillis(1500),
          "msgpack/types/char",
          'c',
          "msgpack/types/enum",
          Color.GREEN,
          "msgpack/types/float32",
          42f,
          "msgpack/types/float64-integral",
          42d);

  private VectorMessages() {}

  static HubMessage of(Vector vector) {
    JsonNode node = vector.messages().getFirst();
    return switch (node.get("type").asInt()) {
      case 1 ->
          new HubMessage.Invocation(
              headers(node),
              node.path("invocationId").asString(null),
              node.get("target").asString(),
              arguments(vector, node),
              List.of());
      case 2 -> new HubMessage.StreamItem(headers(node), id(node), value(node.get("item")));
      case 3 -> new Completion(headers(node), id(node), outcome(node));
      case 4 ->
          new HubMessage.StreamInvocation(
              headers(node),
              id(node),
              node.get("target").asString(),
              arguments(vector, node),
              List.of());
      case 6 -> HubMessage.Ping.INSTANCE;
      case 7 ->
          new HubMessage.Close(
              node.path("error").asString(null), node.path("allowReconnect").asBoolean(false));
      case 8 -> new HubMessage.Ack(node.get("sequenceId").asLong());
      case 9 -> new HubMessage.Sequence(node.get("sequenceId").asLong());
      default -> throw new IllegalArgumentException(vector.toString());
    };
  }

  private static String id(JsonNode node) {
    return node.get("invocationId").asString();
  }

  private static List<@Nullable Object> arguments(Vector vector, JsonNode node) {
    Object typed = TYPED_ARGUMENT.get(vector.toString());
    return typed == null ? elements(node.get("arguments")) : List.of(typed);
  }

  private static Outcome outcome(JsonNode node) {
    if (node.has("error")) {
      return new Outcome.Failure(node.get("error").asString());
    }
    return node.has("result")
        ? new Outcome.Result(value(node.get("result")))
        : Outcome.Nothing.INSTANCE;
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    node.path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asString()));
    return headers;
  }

  private static List<@Nullable Object> elements(JsonNode array) {
    List<@Nullable Object> values = new ArrayList<>();
    array.forEach(element -> values.add(value(element)));
    return values;
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL -> null;
      case BOOLEAN -> node.asBoolean();
      case STRING -> node.asString();
      case NUMBER -> {
        if (node.isIntegralNumber()) {
          yield node.asLong();
        }
        yield node.asDouble();
      }
      case ARRAY -> elements(node);
      case OBJECT -> object(node);
      default -> throw new IllegalArgumentException(node.toString());
    };
  }

  private static Object object(JsonNode node) {
    if (node.has("$bin")) {
      return HexFormat.of().parseHex(text(node, "$bin"));
    }
    if (node.has("$date")) {
      return Instant.parse(text(node, "$date"));
    }
    if (node.has("$int64")) {
      return Long.parseLong(text(node, "$int64"));
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
    return members;
  }

  private static String text(JsonNode node, String member) {
    return Objects.requireNonNull(node.get(member)).asString();
  }
}
