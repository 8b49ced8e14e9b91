package dev.hubwire.protocol.json;

import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JacksonStdImpl;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * A deserializer of Jackson's that is not asked for some kinds of values, unless the application
 * allowed to convert scalars. And a primitive member that is absent has its type's default, while
 * one that is null fails.
 */
@JacksonStdImpl
final class StrictDeserializer extends DelegatingDeserializer {
  private final Class<?> type;
  private final Set<JsonToken> refused;

  StrictDeserializer(ValueDeserializer<?> delegate, Class<?> type, Set<JsonToken> refused) {
    super(delegate);
    this.type = type;
    this.refused = refused;
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
    return new StrictDeserializer(delegate, type, refused);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) {
    if (refused.contains(parser.currentToken())
        && !context.isEnabled(MapperFeature.ALLOW_COERCION_OF_SCALARS)) {
      return context.handleUnexpectedToken(type, parser);
    }
    return super.deserialize(parser, context);
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return type.isPrimitive()
        ? _delegatee.getEmptyValue(context)
        : _delegatee.getAbsentValue(context);
  }
}
