package dev.hubwire.dispatch;

import dev.hubwire.hub.Hub;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.SerializationException;
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

  Invoker(HubRuntime<?> runtime) {
    this.runtime = runtime;
  }

  /**
   * Runs a call to its end on the calling thread, and waits there for a result that is not ready
   * yet.
   */
  void invoke(Call.Unary call) {
    try {
      Object result = start(call);
      if (result instanceof CompletionStage<?> stage && call.method().returns().deferred()) {
        result = stage.toCompletableFuture().get();
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
  void invokeInline(Call.Unary call) {
    try {
      Object result = start(call);
      if (result instanceof CompletionStage<?> stage && call.method().returns().deferred()) {
        answerWhenReady(call, stage);
      } else {
        succeed(call, result);
      }
    } catch (Throwable failure) {
      fail(call, failure);
    }
  }

  private @Nullable Object start(Call.Unary call) throws Throwable {
    Hub<?> hub = runtime.newHub(call.connection());
    return call.method().invoke(hub, call.message().arguments().toArray());
  }

  private void answerWhenReady(Call.Unary call, CompletionStage<?> stage) {
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

  private void succeed(Call.Unary call, @Nullable Object result) {
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

  private void fail(Call.Unary call, Throwable failure) {
    String target = call.message().target();
    DispatchLog.invocationFailed(call.connection().connectionId(), target, failure);
    String id = call.message().invocationId();
    if (id != null) {
      String text = runtime.errors().invocationFailed(target, failure);
      call.connection().send(HubMessage.Completion.error(id, text));
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
