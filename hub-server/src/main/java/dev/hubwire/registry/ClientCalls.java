package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.ClientCall;
import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientAnswers;
import dev.hubwire.hub.ClientResult;
import dev.hubwire.hub.HubException;
import dev.hubwire.protocol.SerializationException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks clients, and waits for what they answer as long as somebody wants it ({@code
 * docs/protocol/hub-semantics.md} §15). Thread-safe.
 */
final class ClientCalls {
  private static final String CANCELED = "Invocation canceled by the server.";

  private final Backplane backplane;
  private final Waiting waiting;

  ClientCalls(Backplane backplane, Waiting waiting) {
    this.backplane = backplane;
    this.waiting = waiting;
  }

  /** Asks one client. What hangs on the future runs on threads that may block. */
  <R> CompletableFuture<R> invoke(String connectionId, ClientCall call, ClientResult<R> result) {
    CompletableFuture<@Nullable Object> answer = ask(connectionId, call, result);
    CompletableFuture<R> told = new CompletableFuture<>();
    var unused =
        answer.whenCompleteAsync(
            (value, failure) -> {
              if (failure == null) {
                told.complete(ClientCalls.<R>cast(value));
              } else {
                told.completeExceptionally(failure);
              }
            },
            waiting.threads());
    var unusedEither = told.whenComplete((value, failure) -> answer.cancel(false));
    return told;
  }

  /** Asks one client, and waits on the calling thread. */
  <R> R invokeAndWait(String connectionId, ClientCall call, ClientResult<R> result) {
    if (waiting.lanes().isCurrent()) {
      throw new IllegalStateException(
          "'"
              + call.target()
              + "' would wait for its client on an IO thread, and stop all of that thread's"
              + " connections: take its future, or let the hub's method run without @Inline");
    }
    CompletableFuture<@Nullable Object> answer = ask(connectionId, call, result);
    try {
      return ClientCalls.<R>cast(answer.get());
    } catch (InterruptedException e) {
      answer.cancel(false);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e);
    }
  }

  /** Asks whoever an address means. */
  <R> ClientAnswers<R> gather(Address address, ClientCall call, ClientResult<R> result) {
    if (result.timeout() == null) {
      throw new IllegalArgumentException(
          "result: without a time limit (expected: ClientResult.within(...))");
    }
    GatheredAnswers<R> answers = new GatheredAnswers<>(waiting.threads());
    limit(answers.over(), result);
    CompletableFuture<Set<String>> connectionIds =
        address instanceof Address.Connections(Set<String> ids)
            ? CompletableFuture.completedFuture(ids)
            : backplane.connectionIds(address);
    var unused =
        connectionIds.whenComplete(
            (ids, failure) -> {
              if (failure != null) {
                answers.giveUp(failure);
                return;
              }
              answers.expect(ids);
              // Each on its own thread: who is congested holds up nobody else.
              for (String id : ids) {
                waiting.threads().execute(() -> answers.add(id, () -> ask(id, call)));
              }
            });
    return answers;
  }

  static CancellationException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    CancellationException told =
        new CancellationException("interrupted while waiting for a client's answer");
    told.initCause(cause);
    return told;
  }

  private CompletableFuture<@Nullable Object> ask(
      String connectionId, ClientCall call, ClientResult<?> result) {
    CompletableFuture<@Nullable Object> answer = ask(connectionId, call);
    if (!answer.isDone()) {
      limit(answer, result);
    }
    return answer;
  }

  /** May complete on a lane. */
  private CompletableFuture<@Nullable Object> ask(String connectionId, ClientCall call) {
    try {
      return backplane.invoke(connectionId, call);
    } catch (SerializationException e) {
      throw MessageSender.unwritable(call.target(), e);
    }
  }

  private void limit(CompletableFuture<@Nullable Object> answer, ClientResult<?> result) {
    Duration timeout = result.timeout();
    Cancellation cancellation = result.cancellation();
    try {
      if (timeout != null) {
        Runnable takeBack =
            waiting.timer().after(timeout, () -> giveUp(answer, "not answered within " + timeout));
        var unused = answer.whenComplete((value, failure) -> takeBack.run());
      }
      if (cancellation != null) {
        Cancellation.Registration registration =
            cancellation.onCancel(() -> giveUp(answer, "cancelled"));
        var unused = answer.whenComplete((value, failure) -> registration.close());
      }
    } catch (RuntimeException e) {
      answer.cancel(false);
      throw e;
    }
  }

  private static void giveUp(CompletableFuture<?> answer, String reason) {
    answer.completeExceptionally(new HubException(CANCELED, new CancellationException(reason)));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  // A protocol reads what the result's type says, and that is R; null is the client's.
  private static <R> R cast(@Nullable Object value) {
    return (R) value;
  }
}
