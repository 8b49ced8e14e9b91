package dev.hubwire.protocol.json;

import java.time.DateTimeException;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * A type that is a string in JSON, and never anything else.
 *
 * @param read throws {@link IllegalArgumentException} or {@link DateTimeException} for other texts
 */
record TextForm<T>(Class<T> type, Function<T, String> write, Function<String, T> read) {

  void addTo(SimpleModule module) {
    module.addSerializer(type, new Serializer<>(this));
    module.addDeserializer(type, new Deserializer<>(this));
  }

  private static final class Serializer<T> extends StdScalarSerializer<T> {
    private final TextForm<T> form;

    Serializer(TextForm<T> form) {
      super(form.type);
      this.form = form;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext context) {
      generator.writeString(form.write.apply(value));
    }
  }

  private static final class Deserializer<T> extends StdScalarDeserializer<T> {
    private final TextForm<T> form;

    Deserializer(TextForm<T> form) {
      super(form.type);
      this.form = form;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return form.type.cast(context.handleUnexpectedToken(form.type, parser));
      }
      String text = parser.getString();
      try {
        return form.read.apply(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw context.weirdStringException(text, form.type, String.valueOf(e.getMessage()));
      }
    }
  }
}
