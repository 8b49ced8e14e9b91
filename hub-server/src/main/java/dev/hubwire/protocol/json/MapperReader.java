package dev.hubwire.protocol.json;

import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.protocol.text.Token;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationContextExt;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ClassUtil;

/** Lets the mapper make values of any type, from the scanner's tokens. */
final class MapperReader implements ValueReader {
  private final JsonMapper mapper;
  private final NameCache names;
  private final JavaType type;
  private final ValueDeserializer<Object> deserializer;

  MapperReader(JsonMapper mapper, Type type, NameCache names) {
    this.mapper = mapper;
    this.names = names;
    this.type = mapper.constructType(type);
    this.deserializer = mapper._deserializationContext().findRootValueDeserializer(this.type);
  }

  /** Whether the application left it to Jackson how this type is read. */
  boolean isStandard() {
    return ClassUtil.isJacksonStdImpl(deserializer);
  }

  @Override
  public @Nullable Object read(JsonScanner scanner) {
    DeserializationContextExt context = mapper._deserializationContext();
    PayloadParser parser = new PayloadParser(context, scanner, names);
    context.assignParser(parser);
    if (scanner.token() == Token.NULL) {
      return deserializer.getNullValue(context);
    }
    Object value = context.readRootValue(parser, type, deserializer, null);
    context.checkUnresolvedObjectId();
    return value;
  }
}
