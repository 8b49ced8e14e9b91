package dev.hubwire.protocol.json;

import dev.hubwire.protocol.text.JsonScanner;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes Java values from JSON. Thread-safe. */
final class PayloadReader {
  private final JsonMapper mapper;
  private final NameCache names;

  /** Grows with the types that methods of hubs have. */
  private final Map<Type, ValueReader> readers = new ConcurrentHashMap<>();

  PayloadReader(JsonMapper mapper, NameCache names) {
    this.mapper = mapper;
    this.names = names;
  }

  /**
   * Reads the value whose first token is the scanner's current one. Where the scanner is afterwards
   * is only known not to be after the value.
   *
   * @throws RuntimeException of any kind if the value does not fit the type
   */
  @Nullable Object read(JsonScanner scanner, Type type) {
    ValueReader reader = readers.get(type);
    if (reader == null) {
      reader =
          readers.computeIfAbsent(
              type, t -> ScalarReader.inFrontOf(new MapperReader(mapper, t, names), t));
    }
    return reader.read(scanner);
  }
}
