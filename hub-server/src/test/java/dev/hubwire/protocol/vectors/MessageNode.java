package dev.hubwire.protocol.vectors;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages in the notation of the vectors. */
public final class MessageNode {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private MessageNode() {}

  /** The message as a vector would show it. */
  public static JsonNode of(HubMessage message) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    switch (message) {
      case HubMessage.Invocation m -> {
        start(1, m.headers(), m.invocationId(), members);
        call(m.target(), m.arguments(), m.streamIds(), members);
      }
      case HubMessage.StreamInvocation m -> {
        start(4, m.headers(), m.invocationId(), members);
        call(m.target(), m.arguments(), m.streamIds(), members);
      }
      case HubMessage.StreamItem m -> {
        start(2, m.headers(), m.invocationId(), members);
        members.put("item", escaped(m.item()));
      }
      case HubMessage.Completion m -> {
        start(3, m.headers(), m.invocationId(), members);
        outcome(m.outcome(), members);
      }
      case HubMessage.CancelInvocation m -> start(5, m.headers(), m.invocationId(), members);
      case HubMessage.Ping m -> members.put("type", 6);
      case HubMessage.Close m -> close(m, members);
      case HubMessage.Ack m -> {
        members.put("type", 8);
        members.put("sequenceId", m.sequenceId());
      }
      case HubMessage.Sequence m -> {
        members.put("type", 9);
        members.put("sequenceId", m.sequenceId());
      }
      case HubMessage.InvocationBindingFailure m -> {
        members.put("target", m.target());
        if (m.invocationId() != null) {
          members.put("invocationId", m.invocationId());
        }
      }
      case HubMessage.StreamBindingFailure m -> members.put("invocationId", m.invocationId());
    }
    return normal(MAPPER.valueToTree(members));
  }

  private static void start(
      int type,
      Map<String, String> headers,
      @Nullable String id,
      Map<String, @Nullable Object> members) {
    members.put("type", type);
    if (!headers.isEmpty()) {
      members.put("headers", headers);
    }
    if (id != null) {
      members.put("invocationId", id);
    }
  }

  private static void call(
      String target,
      List<? extends @Nullable Object> arguments,
      List<String> streamIds,
      Map<String, @Nullable Object> members) {
    members.put("target", target);
    members.put("arguments", arguments.stream().map(MessageNode::escaped).toArray());
    members.put("streamIds", streamIds);
  }

  private static void outcome(Outcome outcome, Map<String, @Nullable Object> members) {
    switch (outcome) {
      case Outcome.Result result -> members.put("result", escaped(result.value()));
      case Outcome.Failure failure -> members.put("error", failure.error());
      case Outcome.Nothing nothing -> {}
    }
  }

  private static void close(HubMessage.Close message, Map<String, @Nullable Object> members) {
    members.put("type", 7);
    if (message.error() != null) {
      members.put("error", message.error());
    }
    if (message.allowReconnect()) {
      members.put("allowReconnect", true);
    }
  }

  private static @Nullable Object escaped(@Nullable Object value) {
    return switch (value) {
      case Instant instant -> Map.of("$date", instant.toString());
      case byte[] bytes -> Map.of("$bin", HexFormat.of().formatHex(bytes));
      case null -> null;
      default -> value;
    };
  }

  /** Leaves out what means the same as nothing, and how a number is written. */
  public static JsonNode normal(JsonNode node) {
    if (node.isNumber()) {
      BigDecimal value = node.decimalValue().stripTrailingZeros();
      return MAPPER.getNodeFactory().numberNode(value);
    }
    if (node.isArray()) {
      var array = MAPPER.createArrayNode();
      node.forEach(element -> array.add(normal(element)));
      return array;
    }
    if (node instanceof ObjectNode object) {
      var members = MAPPER.createObjectNode();
      object.properties().stream()
          .filter(member -> !member.getKey().equals("streamIds") || !member.getValue().isEmpty())
          .forEach(member -> members.set(member.getKey(), normal(member.getValue())));
      return members;
    }
    return node;
  }
}
