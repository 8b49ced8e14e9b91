package dev.hubwire.protocol.json;

import dev.hubwire.protocol.text.JsonScanner;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the types that arguments mostly have without a mapper. What does not fit at first sight,
 * null included, goes to the mapper, which may have been told to be lenient.
 */
final class ScalarReader implements ValueReader {
  private enum Kind {
    STRING,
    BOOLEAN,
    INT,
    LONG,
    DOUBLE
  }

  private static final Map<Type, Kind> KINDS =
      Map.of(
          String.class, Kind.STRING,
          boolean.class, Kind.BOOLEAN,
          Boolean.class, Kind.BOOLEAN,
          int.class, Kind.INT,
          Integer.class, Kind.INT,
          long.class, Kind.LONG,
          Long.class, Kind.LONG,
          double.class, Kind.DOUBLE,
          Double.class, Kind.DOUBLE);

  private final Kind kind;
  private final ValueReader mapper;

  private ScalarReader(Kind kind, ValueReader mapper) {
    this.kind = kind;
    this.mapper = mapper;
  }

  /** Returns the mapper's reader itself where it alone knows how the type is read. */
  static ValueReader inFrontOf(MapperReader mapper, Type type) {
    Kind kind = KINDS.get(type);
    return kind != null && mapper.isStandard() ? new ScalarReader(kind, mapper) : mapper;
  }

  @Override
  public @Nullable Object read(JsonScanner scanner) {
    Object value =
        switch (scanner.token()) {
          case STRING -> kind == Kind.STRING ? scanner.string() : null;
          case TRUE -> kind == Kind.BOOLEAN ? Boolean.TRUE : null;
          case FALSE -> kind == Kind.BOOLEAN ? Boolean.FALSE : null;
          case NUMBER -> number(scanner);
          default -> null;
        };
    return value != null ? value : mapper.read(scanner);
  }

  private @Nullable Object number(JsonScanner scanner) {
    return switch (kind) {
      case INT -> scanner.isIntegral() ? (Object) scanner.intValue() : null;
      case LONG -> scanner.isIntegral() ? (Object) scanner.longValue() : null;
      case DOUBLE -> scanner.doubleValue();
      case STRING, BOOLEAN -> null;
    };
  }
}
