package dev.hubwire.dispatch;

import dev.hubwire.hub.ServiceException;
import dev.hubwire.hub.ServiceKey;
import dev.hubwire.hub.ServiceResolver;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes hubs and filters, one for each call ({@code docs/protocol/hub-semantics.md} §4). Immutable.
 *
 * @param <T> what is made
 */
abstract class Maker<T> {
  private final boolean needsServices;
  private final boolean needsScope;

  private Maker(boolean needsServices, boolean needsScope) {
    this.needsServices = needsServices;
    this.needsScope = needsScope;
  }

  /** Whether making one can fail for want of services. */
  final boolean needsServices() {
    return needsServices;
  }

  /** Whether one is made of services, or is to be closed when the call is over. */
  final boolean needsScope() {
    return needsScope;
  }

  /**
   * Makes one. Throws what the application's code or its container throws.
   *
   * @param scope of the call; may be null where none is needed
   */
  abstract T make(@Nullable CallScope scope) throws Exception;

  /** One for all calls. */
  static <T> Maker<T> shared(T made) {
    return new Maker<>(false, false) {
      @Override
      T make(@Nullable CallScope scope) {
        return made;
      }
    };
  }

  /**
   * Made by the application's own code, and closed after the call.
   *
   * @param type the class of what is made
   */
  static <T> Maker<T> of(Class<? extends T> type, Supplier<? extends T> supplier) {
    return new Maker<>(false, isCloseable(type)) {
      @Override
      T make(@Nullable CallScope scope) {
        T made = supplier.get();
        return scope == null ? made : scope.own(made);
      }
    };
  }

  /**
   * A service, if the class is one; else made by its only public constructor, of services, and
   * closed after the call.
   *
   * @throws IllegalArgumentException if it cannot be made so
   */
  static <T> Maker<T> of(Class<T> type, ServiceResolver services) {
    ServiceKey key = ServiceKey.of(type);
    if (!services.provides(key)) {
      return new OfConstructor<>(type, OfConstructor.constructor(type));
    }
    return new Maker<>(true, true) {
      @Override
      T make(@Nullable CallScope scope) throws Exception {
        return type.cast(needed(scope).service(key));
      }
    };
  }

  private static boolean isCloseable(Class<?> type) {
    return AutoCloseable.class.isAssignableFrom(type);
  }

  private static CallScope needed(@Nullable CallScope scope) {
    return Objects.requireNonNull(scope, "a call whose services are needed has a scope");
  }

  private static final class OfConstructor<T> extends Maker<T> {
    private final Class<T> type;
    private final Constructor<?> constructor;
    private final List<ServiceKey> parameters;

    OfConstructor(Class<T> type, Constructor<?> constructor) {
      super(
          constructor.getParameterCount() > 0,
          constructor.getParameterCount() > 0 || isCloseable(type));
      this.type = type;
      this.constructor = constructor;
      this.parameters = Arrays.stream(constructor.getParameters()).map(ServiceKey::of).toList();
    }

    @Override
    T make(@Nullable CallScope scope) throws Exception {
      Object[] arguments = new Object[parameters.size()];
      for (int i = 0; i < arguments.length; i++) {
        Object found = needed(scope).find(parameters.get(i));
        if (found == null) {
          throw ServiceException.notResolved(parameters.get(i).type(), type);
        }
        arguments[i] = found;
      }
      T made = make(arguments);
      return scope == null ? made : scope.own(made);
    }

    private T make(Object[] arguments) throws Exception {
      try {
        return type.cast(constructor.newInstance(arguments));
      } catch (InvocationTargetException thrown) {
        switch (thrown.getCause()) {
          case Exception exception -> throw exception;
          case Error error -> throw error;
          case null, default -> throw thrown;
        }
      }
    }

    static Constructor<?> constructor(Class<?> type) {
      Constructor<?>[] constructors = type.getConstructors();
      boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
      if (constructors.length != 1 || inner || Modifier.isAbstract(type.getModifiers())) {
        throw new IllegalArgumentException(
            type.getName()
                + " cannot be made by the server (expected: a class that is neither abstract nor"
                + " inner, with one public constructor)");
      }
      // The class itself need not be public.
      if (!constructors[0].trySetAccessible()) {
        throw new IllegalArgumentException(
            type.getName()
                + " cannot be made by the server: make it public in an exported package, or open"
                + " the package to the server's module");
      }
      return constructors[0];
    }
  }
}
