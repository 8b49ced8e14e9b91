package dev.hubwire.hub;

import java.lang.annotation.Annotation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants of the services.
 *
 * @param type with its type arguments
 * @param annotations those of the parameter that is to be filled, among which a container finds its
 *     qualifiers
 */
public record ServiceKey(Type type, List<Annotation> annotations) {
  public ServiceKey {
    annotations = List.copyOf(annotations);
  }

  /** A service that has no more than its type. */
  public static ServiceKey of(Type type) {
    return new ServiceKey(type, List.of());
  }

  /** What a parameter of a constructor wants. */
  public static ServiceKey of(Parameter parameter) {
    return new ServiceKey(parameter.getParameterizedType(), List.of(parameter.getAnnotations()));
  }

  /** The class of the type, without its type arguments. */
  public Class<?> rawType() {
    return raw(type);
  }

  /** The annotation of this kind, if the parameter has one. */
  public <A extends Annotation> Optional<A> annotation(Class<A> kind) {
    return annotations.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> c -> c;
      case ParameterizedType parameterized -> raw(parameterized.getRawType());
      case GenericArrayType array -> raw(array.getGenericComponentType()).arrayType();
      default -> Object.class;
    };
  }
}
