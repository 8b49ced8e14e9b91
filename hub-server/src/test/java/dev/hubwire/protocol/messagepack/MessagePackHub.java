package dev.hubwire.protocol.messagepack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.vectors.RecordedHub;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hub of the vectors, with the names that its types have in MessagePack. */
final class MessagePackHub implements InvocationBinder {
  record Person(
      @JsonProperty("Name") @Nullable String name,
      @JsonProperty("Age") int age,
      @JsonProperty("Tags") @Nullable List<String> tags) {}

  enum Color {
    @JsonProperty("Red")
    RED,
    @JsonProperty("Green")
    GREEN,
    @JsonProperty("Blue")
    BLUE
  }

  private final RecordedHub recorded = new RecordedHub();

  @Override
  public @Nullable Target target(String name) {
    Target target = recorded.target(name);
    return target == null
        ? null
        : new Target(
            target.name(),
            target.parameterTypes().stream().map(MessagePackHub::withNames).toList());
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    Type type = recorded.resultType(invocationId);
    return type == null ? null : withNames(type);
  }

  @Override
  public @Nullable Type streamItemType(String streamId) {
    return recorded.streamItemType(streamId);
  }

  private static Type withNames(Type type) {
    if (type.equals(RecordedHub.Person.class)) {
      return Person.class;
    }
    return type.equals(RecordedHub.Color.class) ? Color.class : type;
  }
}
