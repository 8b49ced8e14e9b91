package dev.hubwire.backplane;

import dev.hubwire.hub.HubException;
import dev.hubwire.protocol.HubMessage;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call of a client's method that wants an answer. Whoever sends it gives it an id.
 *
 * @param resultType what the answer is read as
 */
public record ClientCall(
    String target, List<? extends @Nullable Object> arguments, Type resultType) {

  /** The message that asks. */
  public HubMessage.Invocation message(String invocationId) {
    return HubMessage.Invocation.call(invocationId, target, arguments);
  }

  /**
   * Passes an answer on: completes the future with the result, or with a {@link HubException} that
   * has the client's text. A client that answers neither gives the text that the reference's
   * exception has of itself ({@code docs/protocol/hub-semantics.md} §15).
   */
  public static void complete(
      CompletableFuture<@Nullable Object> waiting, HubMessage.Outcome outcome) {
    switch (outcome) {
      case HubMessage.Outcome.Result(Object value) -> waiting.complete(value);
      case HubMessage.Outcome.Failure(String error) ->
          waiting.completeExceptionally(new HubException(error));
      case HubMessage.Outcome.Nothing nothing ->
          waiting.completeExceptionally(
              new HubException(
                  "Exception of type 'Microsoft.AspNetCore.SignalR.HubException' was thrown."));
    }
  }
}
