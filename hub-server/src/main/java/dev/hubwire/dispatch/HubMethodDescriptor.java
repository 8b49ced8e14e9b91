package dev.hubwire.dispatch;

import dev.hubwire.hub.Inline;
import dev.hubwire.protocol.InvocationBinder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One method that clients can call: how it is named, bound, guarded and invoked. Immutable. */
public final class HubMethodDescriptor {
  private static final MethodType INVOKER =
      MethodType.methodType(Object.class, Object.class, Object[].class);

  private final InvocationBinder.Target target;
  private final List<HubParameter> parameters;
  private final List<HubParameter.Upload> uploads;
  private final boolean cancellable;
  private final MethodReturn returns;
  private final MethodRules rules;
  private final String javaName;
  private final boolean hasServices;
  private final boolean inline;
  private final MethodHandle invoker;

  HubMethodDescriptor(
      String wireName,
      Method method,
      List<HubParameter> parameters,
      MethodReturn returns,
      MethodRules rules) {
    this.parameters = List.copyOf(parameters);
    this.target =
        new InvocationBinder.Target(
            wireName,
            parameters.stream()
                .filter(HubParameter.Wire.class::isInstance)
                .map(parameter -> ((HubParameter.Wire) parameter).type())
                .toList());
    this.uploads =
        parameters.stream()
            .filter(HubParameter.Upload.class::isInstance)
            .map(HubParameter.Upload.class::cast)
            .toList();
    this.cancellable =
        returns.kind().isStream()
            || parameters.stream().anyMatch(HubParameter.Cancelling.class::isInstance);
    this.returns = returns;
    this.rules = rules;
    this.hasServices = parameters.stream().anyMatch(HubParameter.Service.class::isInstance);
    this.javaName = method.getName();
    this.inline =
        method.isAnnotationPresent(Inline.class)
            && !needsScope()
            && rules.limits() == null
            && !rules.observed();
    this.invoker = invoker(method);
  }

  /** The declared name on the wire and the types of the arguments on the wire. */
  public InvocationBinder.Target target() {
    return target;
  }

  /** All parameters, as declared; {@link #invoke} wants a value for each. */
  public List<HubParameter> parameters() {
    return parameters;
  }

  /** The parameters that are filled by streams of the client, in order. */
  public List<HubParameter.Upload> uploads() {
    return uploads;
  }

  /** Whether a client can cancel a call by its id. */
  public boolean isCancellable() {
    return cancellable;
  }

  /** Whether the answer is a stream. */
  public boolean isStreaming() {
    return returns.kind().isStream();
  }

  /**
   * Whether a call counts among those of which a connection may run only some at a time; one that
   * streams, in either direction, does not.
   */
  public boolean takesSlot() {
    return uploads.isEmpty() && !isStreaming();
  }

  public MethodReturn returns() {
    return returns;
  }

  /** What the caller has to be besides what the hub asks for; each has to be met. */
  public List<Requirement> requirements() {
    return rules.requirements();
  }

  /** The name in the source, which differs from the one on the wire where that was chosen. */
  public String javaName() {
    return javaName;
  }

  /** The filters around the method, or null. */
  @Nullable FilteredMethod filters() {
    return rules.filters();
  }

  /** What calls may use up, or null. */
  @Nullable MethodLimits limits() {
    return rules.limits();
  }

  /** Whether the time of a call is limited. */
  boolean hasTimeout() {
    return rules.limits() != null && rules.limits().hasTimeout();
  }

  /** Whether there are parameters that are services. */
  boolean hasServices() {
    return hasServices;
  }

  /** Whether a call makes anything that is to be let go of after it, and so has a scope. */
  boolean needsScope() {
    return hasServices || rules.hubNeedsScope() || rules.filters() != null;
  }

  /** Whether the method promises not to block, and nothing around it may. */
  public boolean isInline() {
    return inline;
  }

  /**
   * Calls the method.
   *
   * @param arguments one value for each of {@link #parameters()}
   * @return what it returned, or null if it returns nothing
   * @throws Throwable what it threw, not wrapped; {@link ClassCastException} or {@link
   *     NullPointerException} if an argument does not fit
   */
  public @Nullable Object invoke(Object hub, @Nullable Object[] arguments) throws Throwable {
    return (Object) invoker.invokeExact(hub, arguments);
  }

  private static MethodHandle invoker(Method method) {
    // A public method of a class that is not public needs this; classes of a module that is not
    // open refuse it.
    if (!method.trySetAccessible()) {
      throw new IllegalArgumentException(
          Signatures.of(method)
              + " cannot be called from the server: make its class public in an exported package,"
              + " or open the package to the server's module");
    }
    try {
      return MethodHandles.lookup()
          .unreflect(method)
          .asFixedArity()
          .asSpreader(Object[].class, method.getParameterCount())
          .asType(INVOKER);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(Signatures.of(method) + " cannot be called", e);
    }
  }
}
