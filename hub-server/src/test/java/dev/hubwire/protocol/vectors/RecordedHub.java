package dev.hubwire.protocol.vectors;

import dev.hubwire.protocol.InvocationBinder;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hub, and its state, with which the vectors were recorded. */
public final class RecordedHub implements InvocationBinder {
  /** What the hub's Save takes. */
  public record Person(@Nullable String name, int age, @Nullable List<String> tags) {}

  /** What the hub's Paint takes. */
  public enum Color {
    RED,
    GREEN,
    BLUE
  }

  private static final Map<String, Target> METHODS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private static final Map<String, Type> STREAMS = Map.of("7", int.class, "s", String.class);
  private static final Map<String, Type> RESULTS = Map.of("s1", int.class, "s2", Person.class);

  static {
    method("Send", int.class, String.class);
    method("NoArgs");
    method("Save", Person.class);
    method("Any", Object.class);
    method("Paint", Color.class);
    method("Upload", String.class);
    method("Blob", byte[].class);
    method("At", Instant.class);
    method("Ratio", double.class);
    method("Count", long.class);
    method("One", int.class);
    method("Batch", int[].class);
  }

  private static void method(String name, Type... types) {
    METHODS.put(name, new Target(name, List.of(types)));
  }

  @Override
  public @Nullable Target target(String name) {
    return METHODS.get(name);
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    return RESULTS.get(invocationId);
  }

  @Override
  public @Nullable Type streamItemType(String streamId) {
    return STREAMS.get(streamId);
  }
}
