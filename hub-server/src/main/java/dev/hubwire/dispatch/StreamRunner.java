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
 * <p>A cancelled stream ends without an error, whatever the interrupted source throws.
 */
final class StreamRunner {
  private final HubRuntime<?> runtime;
  private final Invoker invoker;

  StreamRunner(HubRuntime<?> runtime, Invoker invoker) {
    this.runtime = runtime;
    this.invoker = invoker;
  }

  /** Runs a call to the end of its stream. */
  void run(Call call) {
    CallCancellation cancellation = cancellation(call);
    if (cancellation.isCancelled()) {
      finish(call, null);
      return;
    }
    Object source;
    try {
      Object returned = invoker.start(call);
      cancellation.interruptOnCancel();
      source = Invoker.await(call, returned);
    } catch (Throwable failure) {
      failedToStart(call, failure);
      return;
    }
    if (source == null) {
      finish(call, runtime.errors().noStream(call.method().javaName()));
      return;
    }
    stream(call, source);
  }

  private void failedToStart(Call call, Throwable failure) {
    Throwable cause =
        failure instanceof ExecutionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (call.isCancelled()) {
      finish(call, null);
    } else {
      invoker.fail(call, cause);
    }
  }

  private void stream(Call call, Object source) {
    String error = null;
    try {
      StreamItems items = StreamItems.of(source);
      try {
        send(call, items);
      } finally {
        cancellation(call).interruptNoMore();
        close(call, items);
      }
    } catch (Throwable failure) {
      error = call.isCancelled() ? null : failed(call, failure);
    }
    finish(call, error);
  }

  private static void send(Call call, StreamItems items) throws InterruptedException {
    String id = Objects.requireNonNull(call.message().invocationId(), "streams have an id");
    boolean wanted = true;
    while (wanted && !call.isCancelled() && items.hasNext()) {
      wanted = call.connection().sendItem(new HubMessage.StreamItem(Map.of(), id, items.next()));
    }
  }

  private static void close(Call call, StreamItems items) {
    try {
      items.close();
    } catch (RuntimeException failure) {
      DispatchLog.streamNotClosed(
          call.connection().connectionId(), call.message().target(), failure);
    }
  }

  private String failed(Call call, Throwable failure) {
    DispatchLog.streamFailed(call.connection().connectionId(), call.message().target(), failure);
    return runtime.errors().streamFailed(failure);
  }

  private static void finish(Call call, @Nullable String error) {
    call.end();
    String id = Objects.requireNonNull(call.message().invocationId(), "streams have an id");
    call.connection()
        .send(
            error == null ? HubMessage.Completion.end(id) : HubMessage.Completion.error(id, error));
  }

  private static CallCancellation cancellation(Call call) {
    return Objects.requireNonNull(call.extras().cancellation(), "streams can be cancelled");
  }
}
