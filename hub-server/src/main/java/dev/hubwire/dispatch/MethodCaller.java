package dev.hubwire.dispatch;

import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.hub.HubInvocationContext;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Calls methods, each of a new hub, inside their filters. Thread-safe; may block. */
final class MethodCaller {
  private final HubRuntime<?> runtime;

  MethodCaller(HubRuntime<?> runtime) {
    this.runtime = runtime;
  }

  /**
   * What the method of a new hub gives in the end, its filters passed.
   *
   * @param scope not null where the method needs one
   */
  @Nullable Object result(Call call, @Nullable CallScope scope) throws Throwable {
    HubCallerContext caller = call.caller();
    requirePermission(call, caller);
    Hub<?> hub = runtime.newHub(call.connection(), caller, scope, call::giveUpSlot);
    @Nullable Object[] arguments = call.arguments(scope);
    FilteredMethod filters = call.method().filters();
    return filters == null || scope == null
        ? run(call, hub, arguments)
        : filters.invoke(scope, caller, hub, arguments, context -> runFiltered(call, hub, context));
  }

  /** The user may have lost a role since the call was read. */
  private static void requirePermission(Call call, HubCallerContext caller) {
    for (Requirement requirement : call.method().requirements()) {
      if (!requirement.isMetBy(caller.user())) {
        throw new UnauthorizedException();
      }
    }
  }

  private static @Nullable Object runFiltered(Call call, Hub<?> hub, HubInvocationContext context)
      throws Exception {
    try {
      return run(call, hub, context.arguments().toArray());
    } catch (Exception | Error usual) {
      throw usual;
    } catch (Throwable unusual) {
      throw new UndeclaredThrowableException(unusual);
    }
  }

  /** Runs the method, and waits for what it gives if it gives a stage. */
  private static @Nullable Object run(Call call, Hub<?> hub, @Nullable Object[] arguments)
      throws Throwable {
    HubMethodDescriptor method = call.method();
    Object returned = method.invoke(hub, arguments);
    if (method.isStreaming()) {
      call.cancellation().interruptOnCancel();
    }
    if (!method.returns().deferred() || !(returned instanceof CompletionStage<?> stage)) {
      return returned;
    }
    if (call.extras().timeout() != null) {
      call.extras().timeout().watchThread();
    }
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
