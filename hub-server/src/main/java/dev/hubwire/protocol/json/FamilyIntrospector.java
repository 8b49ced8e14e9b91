package dev.hubwire.protocol.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.hubwire.protocol.TypeFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Lets the classes of a {@link TypeFamily} tell what they are as the reference server's serializer
 * does: by a member {@code $type}, in front of the others. What Jackson's annotations say counts
 * before that.
 */
final class FamilyIntrospector extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private static final JsonTypeInfo.Value BY_MEMBER =
      JsonTypeInfo.Value.construct(
          JsonTypeInfo.Id.NAME,
          JsonTypeInfo.As.PROPERTY,
          "$type",
          null,
          false,
          // Where a class is expected it need not be told.
          false);

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedClass
            && TypeFamily.containing(annotated.getRawType()) != null
        ? BY_MEMBER
        : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
    TypeFamily family = TypeFamily.of(annotated.getRawType());
    return family == null
        ? null
        : family.members().stream()
            .map(member -> new NamedType(member.type(), member.name()))
            .toList();
  }

  @Override
  public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass annotated) {
    TypeFamily family = TypeFamily.containing(annotated.getRawType());
    TypeFamily.Member member = family == null ? null : family.member(annotated.getRawType());
    return member == null ? null : member.name();
  }
}
