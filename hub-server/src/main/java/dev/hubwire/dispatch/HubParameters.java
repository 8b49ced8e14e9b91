package dev.hubwire.dispatch;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ServiceKey;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.hub.StreamSource;
import java.lang.annotation.Annotation;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the parameters of one hub's methods get their values from: what is a cancellation or
 * a stream by its type, then what the services provide; clients send the rest ({@code
 * docs/protocol/hub-semantics.md} §9).
 */
final class HubParameters {
  private final TypeArguments typeArguments;
  private final ServiceResolver services;

  HubParameters(TypeArguments typeArguments, ServiceResolver services) {
    this.typeArguments = typeArguments;
    this.services = services;
  }

  /**
   * @throws IllegalArgumentException if there is one that clients cannot send
   */
  List<HubParameter> of(Method method) {
    List<HubParameter> parameters = new ArrayList<>();
    Annotation[][] annotations = method.getParameterAnnotations();
    for (Type declared : method.getGenericParameterTypes()) {
      Type type = typeArguments.resolve(declared);
      HubParameter parameter = parameter(type, List.of(annotations[parameters.size()]));
      String problem = problem(parameter, type);
      if (problem != null) {
        throw new IllegalArgumentException(
            "Parameter %d of %s has the type %s, which clients cannot send: %s."
                .formatted(
                    parameters.size() + 1, Signatures.of(method), type.getTypeName(), problem));
      }
      parameters.add(parameter);
    }
    return parameters;
  }

  private HubParameter parameter(Type type, List<Annotation> annotations) {
    Class<?> erased = TypeArguments.erase(type);
    if (erased == Cancellation.class) {
      return new HubParameter.Cancelling();
    }
    if (erased == StreamSource.class || erased == Flow.Publisher.class) {
      Type items = TypeArguments.of(type).resolve(erased.getTypeParameters()[0]);
      return new HubParameter.Upload(items, erased == Flow.Publisher.class);
    }
    ServiceKey key = new ServiceKey(type, annotations);
    return services.provides(key) ? new HubParameter.Service(key) : new HubParameter.Wire(type);
  }

  private static @Nullable String problem(HubParameter parameter, Type type) {
    return switch (parameter) {
      case HubParameter.Wire wire -> problem(type);
      case HubParameter.Upload upload when type instanceof Class<?> -> "say of what it is a stream";
      case HubParameter.Upload upload -> problem(upload.itemType());
      case HubParameter.Cancelling cancelling -> null;
      case HubParameter.Service service -> null;
    };
  }

  private static @Nullable String problem(Type type) {
    return switch (type) {
      case WildcardType wildcard -> "put the type itself in place of '" + wildcard + "'";
      case TypeVariable<?> variable ->
          "the hub's class leaves '" + variable + "' open, give it a type where it is extended";
      case GenericArrayType array -> problem(array.getGenericComponentType());
      case ParameterizedType parameterized -> {
        String problem = problem(parameterized.getRawType());
        for (Type argument : parameterized.getActualTypeArguments()) {
          problem = problem == null ? problem(argument) : problem;
        }
        yield problem;
      }
      case Class<?> c when isNoValue(c) -> "take the values themselves, or a list of them";
      default -> null;
    };
  }

  private static boolean isNoValue(Class<?> type) {
    return Stream.of(BaseStream.class, Iterator.class, Flow.Publisher.class, CompletionStage.class)
        .anyMatch(kind -> kind.isAssignableFrom(type));
  }
}
