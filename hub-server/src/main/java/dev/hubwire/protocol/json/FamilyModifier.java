package dev.hubwire.protocol.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/**
 * Lets values tell their class wherever they are. Jackson lets them where a declared type says that
 * it is open, which a list that is an argument does not.
 */
final class FamilyModifier extends ValueSerializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public ValueSerializer<?> modifySerializer(
      SerializationConfig config,
      BeanDescription.Supplier description,
      ValueSerializer<?> serializer) {
    AnnotatedClass type = description.getClassInfo();
    JsonTypeInfo.Value info =
        config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, type);
    return serializer instanceof BeanSerializerBase
            && info != null
            && info.getIdType() != JsonTypeInfo.Id.NONE
        ? new Telling(serializer, description.getType(), null)
        : serializer;
  }

  /** Serializes with the type in every place. */
  private static final class Telling extends ValueSerializer<Object> {
    private final ValueSerializer<Object> members;
    private final JavaType type;

    /** Set before it is used first, by Jackson under its lock. */
    private @Nullable TypeSerializer typeSerializer;

    @SuppressWarnings("unchecked") // Jackson asks it for values of its class only.
    Telling(ValueSerializer<?> members, JavaType type, @Nullable TypeSerializer typeSerializer) {
      this.members = (ValueSerializer<Object>) members;
      this.type = type;
      this.typeSerializer = typeSerializer;
    }

    @Override
    public void resolve(SerializationContext context) {
      members.resolve(context);
      typeSerializer = context.findTypeSerializer(type);
    }

    @Override
    public ValueSerializer<?> createContextual(
        SerializationContext context, @Nullable BeanProperty property) {
      return new Telling(members.createContextual(context, property), type, typeSerializer);
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
      members.serializeWithType(value, generator, context, typeSerializer);
    }

    @Override
    public void serializeWithType(
        Object value,
        JsonGenerator generator,
        SerializationContext context,
        TypeSerializer declared) {
      members.serializeWithType(value, generator, context, declared);
    }

    @Override
    public Class<?> handledType() {
      return members.handledType();
    }

    @Override
    public ValueSerializer<?> getDelegatee() {
      return members;
    }

    @Override
    public boolean isEmpty(SerializationContext context, Object value) {
      return members.isEmpty(context, value);
    }

    @Override
    public boolean usesObjectId() {
      return members.usesObjectId();
    }
  }
}
