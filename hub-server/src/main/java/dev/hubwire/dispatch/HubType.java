package dev.hubwire.dispatch;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.registry.ClientInterface;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a hub class before anybody connects. Made once, when the hub is mapped to a
 * path, so that a class that cannot work stops the server from starting. Immutable.
 *
 * @param <H> the hub class
 * @param <C> what its clients are called through
 */
public final class HubType<H extends Hub<C>, C> {
  private final Class<H> hubClass;
  private final Maker<? extends H> maker;
  private final HubExtensions extensions;
  private final ClientInterface<C> clientInterface;
  private final HubMethodTable methods;
  private final List<Requirement> requirements;
  private final boolean hearsConnected;
  private final boolean hearsDisconnected;
  private final boolean hearsRefreshed;

  private HubType(Class<H> hubClass, Maker<? extends H> maker, HubExtensions extensions) {
    this.hubClass = hubClass;
    this.maker = maker;
    this.extensions = extensions;
    this.clientInterface = ClientInterface.of(clientClass(hubClass));
    this.methods = HubMethodTable.of(hubClass, extensions, maker.needsScope());
    this.requirements = requirements(hubClass, extensions);
    this.hearsConnected = maker.needsServices() || overrides(hubClass, "onConnected");
    this.hearsDisconnected = overrides(hubClass, "onDisconnected", Throwable.class);
    this.hearsRefreshed = overrides(hubClass, "onAuthenticationRefreshed");
  }

  /**
   * Looks at a hub class.
   *
   * @param factory makes a new hub for each call, on any thread
   * @throws IllegalArgumentException if the class cannot serve as a hub; the message says what to
   *     change
   */
  public static <H extends Hub<C>, C> HubType<H, C> of(
      Class<H> hubClass, Supplier<? extends H> factory, HubExtensions extensions) {
    return new HubType<>(hubClass, Maker.of(hubClass, factory), extensions);
  }

  /**
   * As {@link #of(Class, Supplier, HubExtensions)}, with one hub made at once to learn its class.
   */
  public static <H extends Hub<C>, C> HubType<H, C> of(
      Supplier<H> factory, HubExtensions extensions) {
    H probe = Objects.requireNonNull(factory.get(), "factory: made null (expected: a hub)");
    @SuppressWarnings("unchecked") // The class of an H, or of a subclass that stands for it.
    Class<H> hubClass = (Class<H>) probe.getClass();
    return of(hubClass, factory, extensions);
  }

  /** As {@link #of(Class, Supplier, HubExtensions)}, with hubs that are made of services. */
  public static <H extends Hub<C>, C> HubType<H, C> of(
      Class<H> hubClass, HubExtensions extensions) {
    return new HubType<>(hubClass, Maker.of(hubClass, extensions.services()), extensions);
  }

  public Class<H> hubClass() {
    return hubClass;
  }

  /**
   * A new hub, not bound yet. Throws what the application's factory or the hub's constructor
   * throws.
   *
   * @param scope not null where the hub needs one
   */
  H newHub(@Nullable CallScope scope) throws Exception {
    return maker.make(scope);
  }

  /** Services for one call. */
  ServiceResolver services() {
    return extensions.services();
  }

  /** Who hears of what is run. */
  Observations observations() {
    return new Observations(extensions.observer(), hubClass);
  }

  /** The filters around everything of this hub. */
  FilterChain filters(FilterChain.Hook hook) {
    return FilterChain.of(extensions.filters(), hook, extensions.services());
  }

  public ClientInterface<C> clientInterface() {
    return clientInterface;
  }

  public HubMethodTable methods() {
    return methods;
  }

  /**
   * What the hub asks of everybody who connects: every {@link Authorize} of the class and of the
   * classes it extends, each of which has to be met.
   */
  public List<Requirement> requirements() {
    return requirements;
  }

  /**
   * Whether a hub is to be made for a client that connects: because it overrides {@link
   * Hub#onConnected}, or because it is made of services, and whether they are there should show at
   * once.
   */
  public boolean hearsConnected() {
    return hearsConnected;
  }

  /** Whether the hub overrides {@link Hub#onDisconnected}. */
  public boolean hearsDisconnected() {
    return hearsDisconnected;
  }

  /** Whether the hub overrides {@link Hub#onAuthenticationRefreshed}. */
  public boolean hearsRefreshed() {
    return hearsRefreshed;
  }

  /** The type argument of {@link Hub}, found through the classes in between. */
  private static <C> Class<C> clientClass(Class<? extends Hub<C>> hubClass) {
    TypeVariable<?> variable = Hub.class.getTypeParameters()[0];
    Type found = TypeArguments.of(hubClass).resolve(variable);
    if (found instanceof TypeVariable<?>) {
      throw new IllegalArgumentException(
          hubClass.getName()
              + " does not say what its clients are called through: extend Hub<ClientProxy>, or"
              + " Hub of an interface with the clients' methods");
    }
    @SuppressWarnings("unchecked") // It is what the class declares C to be.
    Class<C> clientClass = (Class<C>) TypeArguments.erase(found);
    return clientClass;
  }

  private static List<Requirement> requirements(Class<?> hubClass, HubExtensions extensions) {
    List<Requirement> result = new ArrayList<>();
    for (Class<?> c = hubClass; c != null; c = c.getSuperclass()) {
      Authorize annotation = c.getDeclaredAnnotation(Authorize.class);
      if (annotation != null) {
        result.add(Requirement.of(annotation, extensions.policies(), c.getName()));
      }
    }
    return List.copyOf(result);
  }

  private static boolean overrides(Class<?> hubClass, String name, Class<?>... parameterTypes) {
    try {
      return !hubClass.getMethod(name, parameterTypes).getDeclaringClass().equals(Hub.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every hub inherits the public methods of Hub", e);
    }
  }
}
