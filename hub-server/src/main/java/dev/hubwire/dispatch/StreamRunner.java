package dev.hubwire.dispatch;

import dev.hubwire.protocol.HubMessage;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls that are answered by a stream, each on a thread of its own that pulls item by item as
 * fast as the client takes them ({@code docs/protocol/hub-semantics.md} §11). Thread-safe.
 *
 * <p>A cancelled stream ends without an error, whatever the interrupted source throws. One that was
 * cancelled before it began is begun all the same, and nothing is pulled from it: its method may
 * want to hear of the cancellation.
 */
final class StreamRunner {
  /**
   * Items after which other virtual threads have their turn: a stream whose source and client are
   * both quick never waits, and would keep its carrier for itself.
   */
  private static final int ITEMS_IN_TURN = 64;

  private final HubRuntime<?> runtime;
  private final MethodCaller methods;
  private final Invoker invoker;

  StreamRunner(HubRuntime<?> runtime, MethodCaller methods, Invoker invoker) {
    this.runtime = runtime;
    this.methods = methods;
    this.invoker = invoker;
  }

  /**
   * Runs a call to the end of its stream; returns why it failed, or null.
   *
   * @param scope is let go of before the client hears of the end; null if the call has none
   */
  @Nullable Throwable run(Call call, @Nullable CallScope scope) {
    Object source;
    try {
      source = methods.result(call, scope);
    } catch (Throwable failure) {
      close(scope);
      return failedToStart(call, failure);
    }
    if (source == null) {
      close(scope);
      String error = runtime.errors().noStream(call.method().javaName());
      finish(call, error);
      return new IllegalStateException(error);
    }
    Throwable failure = stream(call, source);
    close(scope);
    finish(call, failure == null ? null : runtime.errors().streamFailed(failure));
    return failure;
  }

  private static void close(@Nullable CallScope scope) {
    if (scope != null) {
      scope.close();
    }
  }

  private @Nullable Throwable failedToStart(Call call, Throwable failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (call.isCancelled()) {
      finish(call, null);
      return null;
    }
    return invoker.fail(call, cause);
  }

  /** Sends what a source has; returns why it failed, or null. */
  private static @Nullable Throwable stream(Call call, Object source) {
    try {
      StreamItems items = StreamItems.of(source);
      try {
        send(call, items);
      } finally {
        call.cancellation().interruptNoMore();
        close(call, items);
      }
      return null;
    } catch (Throwable failure) {
      if (call.isCancelled()) {
        return null;
      }
      DispatchLog.streamFailed(call.connection().connectionId(), call.message().target(), failure);
      return failure;
    }
  }

  private static void send(Call call, StreamItems items) throws InterruptedException {
    String id = Objects.requireNonNull(call.message().invocationId(), "streams have an id");
    boolean wanted = true;
    for (int sent = 1; wanted && !call.isCancelled() && items.hasNext(); sent++) {
      HubMessage item = new HubMessage.StreamItem(Map.of(), id, items.next());
      wanted = call.connection().link().sendPart(item, StreamRunner::goOn);
      if (sent % ITEMS_IN_TURN == 0) {
        letOthersRun();
      }
    }
  }

  private static void goOn() {}

  // Nothing else takes turns: virtual threads have no time slices.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void letOthersRun() {
    Thread.yield();
  }

  private static void close(Call call, StreamItems items) {
    try {
      items.close();
    } catch (RuntimeException failure) {
      DispatchLog.streamNotClosed(
          call.connection().connectionId(), call.message().target(), failure);
    }
  }

  /** The call counts until there is room for its end, so that these are bounded like calls. */
  private static void finish(Call call, @Nullable String error) {
    String id = Objects.requireNonNull(call.message().invocationId(), "streams have an id");
    HubMessage end =
        error == null ? HubMessage.Completion.end(id) : HubMessage.Completion.error(id, error);
    try {
      boolean unused = call.connection().link().sendPart(end, call::end);
    } catch (InterruptedException byTheApplication) {
      Thread.currentThread().interrupt();
      call.end();
      call.connection().send(end);
    }
  }
}
