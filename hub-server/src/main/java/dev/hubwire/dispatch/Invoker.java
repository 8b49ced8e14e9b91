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
    if (call.method().isStreaming()) {
      streams.run(call);
      return;
    }
    try {
      succeed(call, await(call, start(call)));
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

  /** Calls the method of a new hub. */
  @Nullable Object start(Call call) throws Throwable {
    Hub<?> hub = runtime.newHub(call.connection());
    return call.method().invoke(hub, call.arguments());
  }

  /** What the method gives in the end: waits for it if it gives a stage. */
  static @Nullable Object await(Call call, @Nullable Object returned)
      throws ExecutionException, InterruptedException {
    return returned instanceof CompletionStage<?> stage && call.method().returns().deferred()
        ? stage.toCompletableFuture().get()
        : returned;
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
