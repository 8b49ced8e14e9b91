package dev.hubwire.protocol.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.EnumDeserializer;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.util.ClassUtil;

/**
 * Makes Jackson's deserializers as strict as the reference server's where no setting does. Those of
 * the application stay as they are.
 */
final class PayloadModifier extends ValueDeserializerModifier {
  private static final long serialVersionUID = 1L;

  private static final Set<JsonToken> NOTHING = Set.of();
  private static final Set<JsonToken> STRINGS = EnumSet.of(JsonToken.VALUE_STRING);
  private static final Set<JsonToken> OTHER_SCALARS =
      EnumSet.of(
          JsonToken.VALUE_NUMBER_INT,
          JsonToken.VALUE_NUMBER_FLOAT,
          JsonToken.VALUE_TRUE,
          JsonToken.VALUE_FALSE);

  /** Unknown members are skipped where they are; Jackson would copy those of a record. */
  @Override
  public BeanDeserializerBuilder updateBuilder(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      BeanDeserializerBuilder builder) {
    if (!config.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
      builder.setIgnoreUnknownProperties(true);
    }
    return builder;
  }

  /** {@code "NaN"} is no number, and 5 is no text for a type that is written as one. */
  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    Class<?> type = description.getBeanClass();
    if (deserializer instanceof FromStringDeserializer) {
      return new StrictDeserializer(deserializer, type, OTHER_SCALARS);
    }
    Class<?> wrapper = type.isPrimitive() ? ClassUtil.wrapperType(type) : type;
    if (ClassUtil.primitiveType(wrapper) == null || !ClassUtil.isJacksonStdImpl(deserializer)) {
      return deserializer;
    }
    boolean number = Number.class.isAssignableFrom(wrapper);
    return new StrictDeserializer(deserializer, type, number ? STRINGS : NOTHING);
  }

  /** An enum that is written as a number is read as nothing else. */
  @Override
  public ValueDeserializer<?> modifyEnumDeserializer(
      DeserializationConfig config,
      JavaType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    Class<?> enumType = type.getRawClass();
    boolean isNumber =
        deserializer instanceof EnumDeserializer
            && config.isEnabled(EnumFeature.WRITE_ENUMS_USING_INDEX)
            && description.get().findJsonValueAccessor() == null
            && description.findExpectedFormat(enumType).getShape() != JsonFormat.Shape.STRING;
    return isNumber ? new StrictDeserializer(deserializer, enumType, STRINGS) : deserializer;
  }

  /** Arrays of doubles and floats are not base64. */
  @Override
  public ValueDeserializer<?> modifyArrayDeserializer(
      DeserializationConfig config,
      ArrayType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    Class<?> element = type.getContentType().getRawClass();
    return element == double.class || element == float.class
        ? new StrictDeserializer(deserializer, type.getRawClass(), STRINGS)
        : deserializer;
  }
}
