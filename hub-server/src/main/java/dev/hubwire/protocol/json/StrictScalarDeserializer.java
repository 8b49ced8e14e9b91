package dev.hubwire.protocol.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JacksonStdImpl;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.util.ClassUtil;

/**
 * Jackson's own deserializer of a number, a boolean or a character, but for two things: a member
 * that is absent has the type's default while one that is null fails, and the string {@code "NaN"}
 * is no number unless strings are numbers.
 */
@JacksonStdImpl
final class StrictScalarDeserializer extends DelegatingDeserializer {
  private final Class<?> type;

  private StrictScalarDeserializer(ValueDeserializer<?> delegate, Class<?> type) {
    super(delegate);
    this.type = type;
  }

  /** Puts these in place of Jackson's. */
  static ValueDeserializerModifier modifier() {
    return new Modifier();
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
    return new StrictScalarDeserializer(delegate, type);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.hasToken(JsonToken.VALUE_STRING)
        && Number.class.isAssignableFrom(ClassUtil.wrapperType(type))
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

  private static final class Modifier extends ValueDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
        DeserializationConfig config,
        BeanDescription.Supplier description,
        ValueDeserializer<?> deserializer) {
      Class<?> type = description.getBeanClass();
      boolean scalar = type.isPrimitive() || ClassUtil.primitiveType(type) != null;
      return scalar && ClassUtil.isJacksonStdImpl(deserializer)
          ? new StrictScalarDeserializer(deserializer, type)
          : deserializer;
    }
  }
}
