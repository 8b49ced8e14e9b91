package dev.hubwire.dispatch;

import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.hub.HubInvocationContext;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.SerializationException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls: a new hub for each, the checks in the reference's order, the method, and the answer
 * ({@code docs/protocol/hub-semantics.md} §8). Thread-safe.
 */
final class Invoker {
  private final HubRuntime<?> runtime;
  private final StreamRunner streams;

  Invoker(HubRuntime<?> runtime) {
    this.runtime = runtime;
    this.streams = new StreamRunner(runtime, this);
  }

  /**
   * Runs a call to its end on the calling thread, and waits there for a result that is not ready
   * yet.
   */
  void invoke(Call call) {
    try (CallScope scope =
        call.method().needsScope() ? runtime.openScope(call.connection()) : null) {
      if (call.method().isStreaming()) {
        streams.run(call, scope);
      } else {
        answer(call, scope);
      }
    }
  }

  private void answer(Call call, @Nullable CallScope scope) {
    try {
      Object result = result(call, scope);
      if (scope != null && !call.message().streamIds().isEmpty()) {
        scope.close();
      }
      succeed(call, result);
    } catch (ExecutionException e) {
      fail(call, e.getCause() == null ? e : e.getCause());
    } catch (Throwable failure) {
      fail(call, failure);
    }
  }

  /**
   * Runs a call whose method does not block; answers later if the result is not ready yet. Lane
   * thread.
   */
  void invokeInline(Call call) {
    try {
      Hub<?> hub = runtime.newHub(call.connection(), call.caller(), null);
      Object result = call.method().invoke(hub, call.arguments(null));
      if (result instanceof CompletionStage<?> stage && call.method().returns().deferred()) {
        answerWhenReady(call, stage);
      } else {
        succeed(call, result);
      }
    } catch (Throwable failure) {
      fail(call, failure);
    }
  }

  /**
   * What the method of a new hub gives in the end, its filters passed.
   *
   * @param scope not null where the method needs one
   */
  @Nullable Object result(Call call, @Nullable CallScope scope) throws Throwable {
    HubCallerContext caller = call.caller();
    requirePermission(call, caller);
    Hub<?> hub = runtime.newHub(call.connection(), caller, scope);
    @Nullable Object[] arguments = call.arguments(scope);
    FilteredMethod filters = call.method().filters();
    return filters == null || scope == null
        ? run(call, hub, arguments)
        : filters.invoke(scope, caller, hub, arguments, context -> runFiltered(call, hub, context));
  }

  /** The user may have lost a role since the call was read. */
  private static void requirePermission(Call call, HubCallerContext caller) {
    for (RoleRequirement requirement : call.method().requirements()) {
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
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Tells a new hub that the user of a connection showed newer credentials. May block. */
  void refreshed(HubConnection connection) {
    try {
      runtime.callbacks().refreshed(connection);
    } catch (Throwable failure) {
      DispatchLog.lifetimeFailed(connection.connectionId(), "onAuthenticationRefreshed", failure);
    }
  }

  private void answerWhenReady(Call call, CompletionStage<?> stage) {
    var unused =
        stage.whenComplete(
            (result, failure) -> {
              if (failure == null) {
                succeed(call, result);
              } else {
                fail(
                    call,
                    failure instanceof CompletionException e && e.getCause() != null
                        ? e.getCause()
                        : failure);
              }
            });
  }

  private void succeed(Call call, @Nullable Object result) {
    call.end();
    String id = call.message().invocationId();
    if (id == null) {
      return;
    }
    try {
      call.connection().send(HubMessage.Completion.result(id, result));
    } catch (SerializationException unwritable) {
      fail(call, unwritable);
    }
  }

  /** Answers that the method failed. */
  void fail(Call call, Throwable failure) {
    call.end();
    String target = call.message().target();
    DispatchLog.invocationFailed(call.connection().connectionId(), target, failure);
    String id = call.message().invocationId();
    if (id != null) {
      String text = runtime.errors().invocationFailed(target, failure);
      call.connection().send(HubMessage.Completion.error(id, text));
    }
    // Who cancelled the call meant no other call of this thread.
    if (failure instanceof InterruptedException && !call.isCancelled()) {
      Thread.currentThread().interrupt();
    }
  }
}
