package dev.hubwire.registry;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the clients of a hub are called through: {@link ClientProxy}, or an interface of the
 * application with the clients' methods. Looked at once, when the hub starts; immutable.
 *
 * @param <C> the interface
 */
public final class ClientInterface<C> {
  private final Class<C> type;

  /** Empty for {@link ClientProxy}. */
  private final Map<Method, ClientMethod> methods;

  private ClientInterface(Class<C> type, Map<Method, ClientMethod> methods) {
    this.type = type;
    this.methods = Map.copyOf(methods);
  }

  /**
   * Looks at an interface.
   *
   * @throws IllegalArgumentException if clients cannot be called through it; the message says what
   *     to change
   */
  public static <C> ClientInterface<C> of(Class<C> type) {
    if (type == ClientProxy.class) {
      return new ClientInterface<>(type, Map.of());
    }
    require(
        type.isInterface() && !type.isAnnotation() && !type.isSealed(),
        type.getName()
            + " cannot stand for the clients of a hub: make it an interface that is not sealed,"
            + " or use ClientProxy");
    require(
        !ClientProxy.class.isAssignableFrom(type),
        type.getName()
            + " extends ClientProxy: use ClientProxy itself, or an interface without it");
    return new ClientInterface<>(type, methodsOf(type));
  }

  public Class<C> type() {
    return type;
  }

  /** What is called to reach clients, for every destination. */
  Function<Destination, C> over(MessageSender sender) {
    if (type == ClientProxy.class) {
      return to -> type.cast(new AddressedProxy(sender, to));
    }
    ClassLoader loader = type.getClassLoader();
    Class<?>[] interfaces = {type};
    return to ->
        type.cast(Proxy.newProxyInstance(loader, interfaces, new TypedClient(this, sender, to)));
  }

  /** What a call of this method of the interface does. */
  ClientMethod method(Method method) {
    ClientMethod found = methods.get(method);
    if (found == null) {
      throw new IllegalStateException(method + " is not of " + type.getName());
    }
    return found;
  }

  private static Map<Method, ClientMethod> methodsOf(Class<?> type) {
    Map<Method, ClientMethod> methods = new HashMap<>();
    Map<String, Method> taken = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers()) || isOfObject(method)) {
        continue;
      }
      if (method.isDefault()) {
        methods.put(method, local(method));
        continue;
      }
      String wireName = wireName(method);
      Method other = taken.putIfAbsent(wireName, method);
      if (other != null && !sameSignature(method, other)) {
        throw new IllegalArgumentException(
            "%s and %s both call '%s', for clients compare names ignoring case and know no"
                    .formatted(signature(other), signature(method), wireName)
                + " overloads: rename one, or give it another name with @HubMethod");
      }
      methods.put(method, ClientMethods.of(method, wireName));
    }
    return methods;
  }

  private static String wireName(Method method) {
    HubMethod chosen = method.getAnnotation(HubMethod.class);
    require(
        chosen == null || !chosen.value().isEmpty(),
        "@HubMethod of " + signature(method) + ": empty (expected: a name for the wire)");
    return chosen == null ? method.getName() : chosen.value();
  }

  private static ClientMethod local(Method method) {
    require(
        method.trySetAccessible(),
        signature(method)
            + " cannot be run by the server: make its interface public in an exported package, or"
            + " open the package to the server's module");
    return new ClientMethod.Local(method);
  }

  /** An interface may declare them again; a proxy answers them itself. */
  private static boolean isOfObject(Method method) {
    return Arrays.stream(Object.class.getMethods()).anyMatch(other -> sameSignature(method, other));
  }

  /** Two interfaces may declare one method, which is no overload. */
  private static boolean sameSignature(Method one, Method other) {
    return one.getName().equals(other.getName())
        && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
  }

  static String signature(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
