package dev.hubwire.protocol.json;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Jackson, set up so that values look as the reference server's do ({@code
 * docs/protocol/hub-protocol.md} §4.5).
 */
final class PayloadMapper {
  private PayloadMapper() {}

  static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        .annotationIntrospector(
            AnnotationIntrospector.pair(
                new JacksonAnnotationIntrospector(), new FamilyIntrospector()))
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
        .disable(
            MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .enable(EnumFeature.WRITE_ENUMS_USING_INDEX)
        // For enums that are told to be names, which the reference's converter reads like this.
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .withCoercionConfigDefaults(
            config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addModule(module());
  }

  private static SimpleModule module() {
    SimpleModule module = new SimpleModule("hubwire");
    new TextForm<>(Instant.class, TimeText::write, TimeText::readInstant).addTo(module);
    new TextForm<>(OffsetDateTime.class, TimeText::write, TimeText::readOffset).addTo(module);
    new TextForm<>(
            ZonedDateTime.class,
            time -> TimeText.write(time.toOffsetDateTime()),
            text -> TimeText.readOffset(text).toZonedDateTime())
        .addTo(module);
    new TextForm<>(
            Date.class,
            date -> TimeText.write(date.toInstant()),
            text -> Date.from(TimeText.readInstant(text)))
        .addTo(module);
    new TextForm<>(LocalDateTime.class, TimeText::write, TimeText::readLocal).addTo(module);
    new TextForm<>(LocalDate.class, TimeText::write, TimeText::readDate).addTo(module);
    new TextForm<>(LocalTime.class, TimeText::write, SpanText::readTime).addTo(module);
    new TextForm<>(Duration.class, SpanText::write, SpanText::read).addTo(module);
    new TextForm<>(byte[].class, Base64Text::write, Base64Text::read).addTo(module);
    module.setDeserializerModifier(new PayloadModifier());
    module.setSerializerModifier(new FamilyModifier());
    return module;
  }
}
