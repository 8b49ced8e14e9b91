package dev.hubwire.dispatch;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.StreamSource;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what clients may call of one hub class: the public instance methods that it and the classes
 * between it and {@link Hub} declare. Not among them is what the hub inherits or implements of
 * {@link Object}, {@link Hub} and {@link AutoCloseable}, nor a default method of an interface that
 * no class overrides: what clients reach is written in the hub.
 *
 * <p>An overridden method counts once, and keeps what the overridden one says with {@link
 * HubMethod} and {@link Authorize}.
 */
final class HubMethodDiscovery {
  private static final Comparator<Method> BY_DECLARATION =
      Comparator.comparing(Method::getName).thenComparing(Method::toString);

  private final Class<?> hubClass;
  private final TypeArguments typeArguments;

  HubMethodDiscovery(Class<? extends Hub<?>> hubClass) {
    this.hubClass = hubClass;
    this.typeArguments = TypeArguments.of(hubClass);
  }

  List<HubMethodDescriptor> methods() {
    Map<String, Method> taken = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<HubMethodDescriptor> result = new ArrayList<>();
    for (List<Method> overrides : candidates().values()) {
      Method method = overrides.getFirst();
      String wireName = wireName(overrides);
      Method other = taken.putIfAbsent(wireName, method);
      if (other != null) {
        throw new IllegalArgumentException(
            "Duplicate definitions of '%s'. Overloading is not supported. Rename %s or %s, or give"
                    .formatted(wireName, Signatures.of(other), Signatures.of(method))
                + " one another name on the wire with @HubMethod; clients compare names ignoring"
                + " case.");
      }
      result.add(describe(wireName, overrides));
    }
    return result;
  }

  /** What can be called, each with what it overrides behind it. */
  private Map<Key, List<Method>> candidates() {
    Map<Key, List<Method>> found = new LinkedHashMap<>();
    for (Class<?> c = hubClass; c != Hub.class; c = Objects.requireNonNull(c.getSuperclass())) {
      Method[] declared = c.getDeclaredMethods();
      Arrays.sort(declared, BY_DECLARATION);
      for (Method method : declared) {
        // A bridge stands for a method that is found itself, here or further up.
        if (Modifier.isPublic(method.getModifiers())
            && !Modifier.isStatic(method.getModifiers())
            && !method.isSynthetic()
            && !isReserved(method)) {
          found.computeIfAbsent(keyOf(method), key -> new ArrayList<>()).add(method);
        }
      }
    }
    return found;
  }

  private HubMethodDescriptor describe(String wireName, List<Method> overrides) {
    Method method = overrides.getFirst();
    if (method.getTypeParameters().length > 0) {
      throw new IllegalArgumentException(
          "Method '%s' is a generic method which is not supported on a Hub. Declare %s with the"
                  .formatted(wireName, Signatures.of(method))
              + " types that clients send.");
    }
    HubMethodDescriptor result =
        new HubMethodDescriptor(
            wireName,
            method,
            parameters(method),
            MethodReturn.of(typeArguments.resolve(method.getGenericReturnType())),
            requirements(overrides));
    if (result.isInline() && !result.takesSlot()) {
      throw new IllegalArgumentException(
          "@Inline of "
              + Signatures.of(method)
              + ": a method that streams waits for its client, and has a thread of its own");
    }
    return result;
  }

  private List<HubParameter> parameters(Method method) {
    List<HubParameter> parameters = new ArrayList<>();
    for (Type declared : method.getGenericParameterTypes()) {
      Type type = typeArguments.resolve(declared);
      HubParameter parameter = parameter(type);
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

  private static HubParameter parameter(Type type) {
    Class<?> erased = TypeArguments.erase(type);
    if (erased == Cancellation.class) {
      return new HubParameter.Cancelling();
    }
    if (erased == StreamSource.class || erased == Flow.Publisher.class) {
      Type items = TypeArguments.of(type).resolve(erased.getTypeParameters()[0]);
      return new HubParameter.Upload(items, erased == Flow.Publisher.class);
    }
    return new HubParameter.Wire(type);
  }

  private static @Nullable String problem(HubParameter parameter, Type type) {
    return switch (parameter) {
      case HubParameter.Wire wire -> problem(type);
      case HubParameter.Upload upload when type instanceof Class<?> -> "say of what it is a stream";
      case HubParameter.Upload upload -> problem(upload.itemType());
      case HubParameter.Cancelling cancelling -> null;
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

  private static String wireName(List<Method> overrides) {
    for (Method method : overrides) {
      HubMethod chosen = method.getAnnotation(HubMethod.class);
      if (chosen != null && chosen.value().isEmpty()) {
        throw new IllegalArgumentException(
            "@HubMethod of " + Signatures.of(method) + ": empty (expected: a name for the wire)");
      }
      if (chosen != null) {
        return chosen.value();
      }
    }
    return overrides.getFirst().getName();
  }

  private static List<RoleRequirement> requirements(List<Method> overrides) {
    return overrides.stream()
        .map(method -> method.getAnnotation(Authorize.class))
        .filter(Objects::nonNull)
        .map(RoleRequirement::of)
        .toList();
  }

  private boolean isReserved(Method method) {
    return declares(Object.class, method)
        || declares(Hub.class, method)
        || (AutoCloseable.class.isAssignableFrom(hubClass)
            && declares(AutoCloseable.class, method));
  }

  private static boolean declares(Class<?> type, Method method) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(
            other ->
                !Modifier.isPrivate(other.getModifiers())
                    && other.getName().equals(method.getName())
                    && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
  }

  private Key keyOf(Method method) {
    return new Key(
        method.getName(),
        Arrays.stream(method.getGenericParameterTypes())
            .<Class<?>>map(type -> TypeArguments.erase(typeArguments.resolve(type)))
            .toList());
  }

  /** What makes one method override another, seen from the hub's class. */
  private record Key(String name, List<Class<?>> parameterTypes) {}
}
