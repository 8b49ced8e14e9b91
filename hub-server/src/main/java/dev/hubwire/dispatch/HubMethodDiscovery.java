package dev.hubwire.dispatch;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.CallLimits;
import dev.hubwire.hub.Filters;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.Inline;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
  private final HubExtensions extensions;
  private final boolean hubNeedsScope;

  /**
   * @param hubNeedsScope as in {@link MethodRules}
   */
  HubMethodDiscovery(
      Class<? extends Hub<?>> hubClass, HubExtensions extensions, boolean hubNeedsScope) {
    this.hubClass = hubClass;
    this.typeArguments = TypeArguments.of(hubClass);
    this.extensions = extensions;
    this.hubNeedsScope = hubNeedsScope;
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
    Type returnType = typeArguments.resolve(method.getGenericReturnType());
    MethodReturn returns = MethodReturn.of(returnType);
    HubMethodDescriptor result =
        new HubMethodDescriptor(
            wireName,
            method,
            new HubParameters(typeArguments, extensions.services()).of(method),
            returns,
            new MethodRules(
                requirements(overrides),
                filters(wireName, overrides, returnType),
                limits(overrides, returns),
                hubNeedsScope,
                extensions.observer() != null));
    if (method.isAnnotationPresent(Inline.class) && !result.takesSlot()) {
      throw new IllegalArgumentException(
          "@Inline of "
              + Signatures.of(method)
              + ": a method that streams waits for its client, and has a thread of its own");
    }
    return result;
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

  private @Nullable FilteredMethod filters(
      String wireName, List<Method> overrides, Type returnType) {
    List<FilterSource> sources = new ArrayList<>(extensions.filters());
    Filters declared = nearest(overrides, Filters.class);
    if (declared != null) {
      for (Class<? extends HubFilter> type : declared.value()) {
        sources.add(new FilterSource.PerCall(type));
      }
    }
    FilterChain chain =
        FilterChain.of(sources, FilterChain.Hook.INVOKE_METHOD, extensions.services());
    return chain.isEmpty()
        ? null
        : new FilteredMethod(chain, wireName, overrides.getFirst(), returnType);
  }

  private static @Nullable MethodLimits limits(List<Method> overrides, MethodReturn returns) {
    CallLimits declared = nearest(overrides, CallLimits.class);
    String where = Signatures.of(overrides.getFirst());
    return declared == null ? null : MethodLimits.of(declared, where, returns.kind().isStream());
  }

  private List<Requirement> requirements(List<Method> overrides) {
    List<Requirement> result = new ArrayList<>();
    for (Method method : overrides) {
      Authorize declared = method.getAnnotation(Authorize.class);
      if (declared != null) {
        result.add(Requirement.of(declared, extensions.policies(), Signatures.of(method)));
      }
    }
    return result;
  }

  private static <A extends Annotation> @Nullable A nearest(List<Method> overrides, Class<A> kind) {
    for (Method method : overrides) {
      A declared = method.getAnnotation(kind);
      if (declared != null) {
        return declared;
      }
    }
    return null;
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
