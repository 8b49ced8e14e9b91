package dev.hubwire.dispatch;

import dev.hubwire.protocol.HubMessage;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One stream to a client ({@code docs/protocol/hub-semantics.md} §11). A thread of its own calls
 * the method and pulls its items one by one; before each it waits until the client has room, so a
 * client that does not read stops the stream, not the server.
 *
 * <p>Cancelling interrupts that thread. The stream then ends without an error, whatever the
 * interrupt made the method throw.
 */
final class StreamRun implements Runnable {
  private final HubRuntime<?> runtime;
  private final HubConnection connection;
  private final HubMessage.StreamInvocation message;
  private final HubMethodDescriptor method;

  /** Set by any thread that cancels, read by the stream's. */
  private volatile boolean cancelled;

  /** The thread that pulls, while it does. Guarded by this. */
  private @Nullable Thread puller;

  StreamRun(
      HubRuntime<?> runtime,
      HubConnection connection,
      HubMessage.StreamInvocation message,
      HubMethodDescriptor method) {
    this.runtime = runtime;
    this.connection = connection;
    this.message = message;
    this.method = method;
  }

  String id() {
    return message.invocationId();
  }

  /** Any thread. Idempotent. */
  synchronized void cancel() {
    cancelled = true;
    if (puller != null) {
      puller.interrupt();
    }
  }

  @Override
  public void run() {
    String error = null;
    if (begin()) {
      error = pull();
    }
    end();
    connection.streams().ended(this);
    connection.send(
        error == null ? HubMessage.Completion.end(id()) : HubMessage.Completion.error(id(), error));
  }

  /** The error the client is told, or null for a normal end. */
  private @Nullable String pull() {
    boolean streaming = false;
    try {
      Object result = call();
      if (result == null) {
        return runtime.errors().nullStream(method.javaName());
      }
      streaming = true;
      sendItems(result);
      return null;
    } catch (Throwable thrown) {
      if (cancelled) {
        return null;
      }
      Throwable failure =
          thrown instanceof ExecutionException e && e.getCause() != null ? e.getCause() : thrown;
      DispatchLog.invocationFailed(connection.connectionId(), message.target(), failure);
      return streaming
          ? runtime.errors().streamFailed(failure)
          : runtime.errors().invocationFailed(message.target(), failure);
    }
  }

  private @Nullable Object call() throws Throwable {
    Object result = method.invoke(runtime.newHub(connection), message.arguments().toArray());
    return result instanceof CompletionStage<?> stage && method.returns().deferred()
        ? stage.toCompletableFuture().get()
        : result;
  }

  private void sendItems(Object result) {
    try (StreamItems items = StreamItems.of(result)) {
      while (!cancelled && items.hasNext()) {
        connection.send(new HubMessage.StreamItem(Map.of(), id(), items.next()));
      }
    }
  }

  private synchronized boolean begin() {
    puller = Thread.currentThread();
    return !cancelled;
  }

  private synchronized void end() {
    puller = null;
    // An interrupt that came too late must not disturb the last message.
    boolean late = Thread.interrupted();
    cancelled |= late;
  }
}
