package dev.hubwire.protocol.messagepack;

import dev.hubwire.hub.MemberNaming;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.AnnotatedWithParams;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.PotentialCreator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the members of records and beans. Jackson knows how, and its annotations for names then
 * mean the same in both protocols. Thread-safe.
 */
final class BeanIntrospector {
  private final JsonMapper mapper;

  BeanIntrospector(MemberNaming naming) {
    this.mapper =
        JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .propertyNamingStrategy(new Naming(naming))
            .build();
  }

  JavaType resolve(Type type) {
    return mapper.constructType(type);
  }

  /** A class below a type, with what the type says about type parameters. */
  JavaType below(JavaType type, Class<?> subclass) {
    return mapper.getTypeFactory().constructSpecializedType(type, subclass);
  }

  BeanCodec codec(JavaType type, ValueCodecs codecs) {
    BeanDescription written = mapper._serializationContext().introspectBeanDescription(type);
    BeanDescription read =
        mapper._deserializationContext().introspectBeanDescriptionForCreation(type);
    return new BeanCodec(
        type.getRawClass(),
        new BeanCreator(type.getRawClass(), creator(read)),
        setters(read, codecs),
        getters(written, codecs));
  }

  private static @Nullable AnnotatedWithParams creator(BeanDescription description) {
    PotentialCreator creator = description.getPotentialCreators().propertiesBased;
    return creator != null ? creator.creator() : description.findDefaultConstructor();
  }

  private static List<BeanCodec.Setter> setters(BeanDescription description, ValueCodecs codecs) {
    List<BeanCodec.Setter> setters = new ArrayList<>();
    for (BeanPropertyDefinition property : description.findProperties()) {
      AnnotatedParameter parameter = property.getConstructorParameter();
      AnnotatedMember setter = property.getNonConstructorMutator();
      String name = property.getName();
      if (parameter != null) {
        LazyCodec codec = codecs.lazy(parameter.getType());
        setters.add(new BeanCodec.Setter(name, codec, parameter.getIndex(), null));
      } else if (setter != null) {
        setter.fixAccess(false);
        JavaType type = property.getPrimaryType();
        setters.add(new BeanCodec.Setter(name, codecs.lazy(type), -1, setter));
      }
    }
    return setters;
  }

  private static List<BeanCodec.Getter> getters(BeanDescription description, ValueCodecs codecs) {
    List<BeanCodec.Getter> getters = new ArrayList<>();
    for (BeanPropertyDefinition property : description.findProperties()) {
      AnnotatedMember accessor = property.getAccessor();
      if (accessor != null) {
        accessor.fixAccess(false);
        LazyCodec codec = codecs.lazy(accessor.getType());
        getters.add(new BeanCodec.Getter(property.getName(), codec, accessor));
      }
    }
    return getters;
  }

  /** Names that no annotation gives. */
  private static final class Naming extends PropertyNamingStrategies.NamingBase {
    private static final long serialVersionUID = 1L;

    private final MemberNaming rule;

    Naming(MemberNaming rule) {
      this.rule = rule;
    }

    @Override
    public String translate(String declared) {
      return rule.memberName(declared);
    }
  }
}
