package dev.hubwire.dispatch;

import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.hub.HubObserver;
import dev.hubwire.hub.HubOperation;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.SerializationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls: a new hub for each, the checks in the reference's order, the method, and the answer
 * ({@code docs/protocol/hub-semantics.md} §8). Thread-safe.
 */
final class Invoker {
  private final HubRuntime<?> runtime;
  private final MethodCaller methods;
  private final StreamRunner streams;

  Invoker(HubRuntime<?> runtime) {
    this.runtime = runtime;
    this.methods = new MethodCaller(runtime);
    this.streams = new StreamRunner(runtime, methods, this);
  }

  /**
   * Runs a call to its end on the calling thread, and waits there for a result that is not ready
   * yet.
   */
  void invoke(Call call) {
    MethodLimits limits = call.method().limits();
    if (limits == null) {
      runToItsEnd(call);
    } else if (limits.enter()) {
      try {
        runInTime(call, limits);
      } finally {
        limits.leave();
      }
    } else {
      fail(call, limits.tooManyAtATime());
    }
  }

  private void runInTime(Call call, MethodLimits limits) {
    CallTimeout timeout = call.extras().timeout();
    if (timeout == null) {
      runToItsEnd(call);
      return;
    }
    if (limits.interrupts()) {
      timeout.watchThread();
    }
    Runnable stopClock =
        runtime
            .timer()
            .after(
                limits.timeout(),
                () -> runtime.threads().execute(() -> expired(call, timeout, limits)));
    try {
      runToItsEnd(call);
    } finally {
      stopClock.run();
      timeout.end();
    }
  }

  /** The method is late: answers in its place, and tells it. A thread of its own. */
  private void expired(Call call, CallTimeout timeout, MethodLimits limits) {
    if (!call.claimAnswer()) {
      return;
    }
    answerFailed(call, limits.tookTooLong());
    if (call.extras().cancellation() != null) {
      call.extras().cancellation().cancel();
    }
    timeout.expire();
  }

  private void runToItsEnd(Call call) {
    if (!runtime.observations().wanted()) {
      var unused = run(call);
      return;
    }
    HubCallerContext caller = call.caller();
    HubObserver.Observation observation =
        runtime
            .observations()
            .start(HubOperation.Kind.INVOCATION, call.method().target().name(), caller);
    Observations.end(observation, run(call), caller);
  }

  /** Runs a call to its end; returns why it failed, or null. */
  private @Nullable Throwable run(Call call) {
    try (CallScope scope =
        call.method().needsScope() ? runtime.openScope(call.connection()) : null) {
      return call.method().isStreaming() ? streams.run(call, scope) : answer(call, scope);
    }
  }

  private @Nullable Throwable answer(Call call, @Nullable CallScope scope) {
    try {
      Object result = methods.result(call, scope);
      if (scope != null && !call.message().streamIds().isEmpty()) {
        scope.close();
      }
      return succeed(call, result);
    } catch (ExecutionException e) {
      return fail(call, e.getCause() == null ? e : e.getCause());
    } catch (Throwable failure) {
      return fail(call, failure);
    }
  }

  /**
   * Runs a call whose method does not block; answers later if the result is not ready yet. Lane
   * thread.
   */
  void invokeInline(Call call) {
    try {
      Hub<?> hub = runtime.newHub(call.connection(), call.caller(), null, call::giveUpSlot);
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

  /** Answers with a result; returns why it did not, or null. */
  private @Nullable Throwable succeed(Call call, @Nullable Object result) {
    call.end();
    if (!call.claimAnswer()) {
      return new TimeoutException();
    }
    String id = call.message().invocationId();
    if (id == null) {
      return null;
    }
    try {
      call.connection().send(HubMessage.Completion.result(id, result));
      return null;
    } catch (SerializationException unwritable) {
      answerFailed(call, unwritable);
      return unwritable;
    }
  }

  /** Answers that the method failed; returns why. */
  Throwable fail(Call call, Throwable failure) {
    call.end();
    if (!call.claimAnswer()) {
      DispatchLog.failedLate(call.connection().connectionId(), call.message().target(), failure);
      return failure;
    }
    answerFailed(call, failure);
    // Who cancelled the call meant no other call of this thread.
    if (failure instanceof InterruptedException && !call.isCancelled()) {
      Thread.currentThread().interrupt();
    }
    return failure;
  }

  private void answerFailed(Call call, Throwable failure) {
    String target = call.message().target();
    DispatchLog.invocationFailed(call.connection().connectionId(), target, failure);
    String id = call.message().invocationId();
    if (id != null) {
      String text = runtime.errors().invocationFailed(target, failure);
      call.connection().send(HubMessage.Completion.error(id, text));
    }
  }
}
