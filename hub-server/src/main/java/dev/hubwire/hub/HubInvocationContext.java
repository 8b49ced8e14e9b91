package dev.hubwire.hub;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of a hub's method, as filters see it. For the thread that runs the call. */
public interface HubInvocationContext {
  /** The hub that was made for this call. */
  Hub<?> hub();

  /** The method's name on the wire, as it is declared. */
  String methodName();

  Method method();

  /**
   * A value for each parameter of the method, also for those that clients do not send: uploads,
   * services, the cancellation. Unmodifiable.
   */
  List<@Nullable Object> arguments();

  /**
   * The same call with other arguments, to go on with. They are checked when it goes on: each has
   * to fit its parameter.
   *
   * @param arguments one for each parameter of the method
   */
  HubInvocationContext withArguments(List<? extends @Nullable Object> arguments);

  HubCallerContext caller();

  /** The services of this call; they end with it. */
  ServiceScope services();
}
