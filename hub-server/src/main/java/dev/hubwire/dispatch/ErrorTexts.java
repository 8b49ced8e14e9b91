package dev.hubwire.dispatch;

import dev.hubwire.hub.HubException;
import dev.hubwire.hub.ServiceException;
import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.Handshake;
import dev.hubwire.protocol.ProtocolException;

/**
 * The exact sentences that clients see when something fails ({@code docs/protocol/hub-semantics.md}
 * §16), and the rule for what is told beyond them: the kind and message of a failure, always of a
 * {@link HubException}, of others only with detailed errors.
 */
final class ErrorTexts {
  private static final String CONNECTION_CLOSED = "Connection closed with an error.";

  private final boolean detailed;

  ErrorTexts(boolean detailed) {
    this.detailed = detailed;
  }

  String invocationFailed(String target, Throwable failure) {
    if (failure instanceof UnauthorizedException) {
      return unauthorized(target);
    }
    return withDetail(
        "An unexpected error occurred invoking '" + target + "' on the server.", failure);
  }

  String bindingFailed(String target, BindingException failure) {
    String text = "Failed to invoke '" + target + "' due to an error on the server.";
    return failure.alwaysShown() ? text + detail(failure) : withDetail(text, failure);
  }

  String unauthorized(String target) {
    return "Failed to invoke '" + target + "' because user is unauthorized";
  }

  String notStreaming(String target) {
    return "The client attempted to invoke the non-streaming '"
        + target
        + "' method with a streaming invocation.";
  }

  String streaming(String target) {
    return "The client attempted to invoke the streaming '"
        + target
        + "' method with a non-streaming invocation.";
  }

  String streamCount(String target, int sent, int expected) {
    String problem = "Client sent " + sent + " stream(s), Hub method expects " + expected + ".";
    return invocationFailed(target, new HubException(problem));
  }

  String streamIdInUse(String target, String streamId) {
    String problem = "Stream ID '" + streamId + "' is already in use.";
    return invocationFailed(target, new HubException(problem));
  }

  String tooManyStreams(String target, int limit) {
    String problem =
        "The connection already has " + limit + " streaming calls, the most it may have at a time.";
    return invocationFailed(target, new HubException(problem));
  }

  String invocationIdInUse(String invocationId) {
    return "Invocation ID '" + invocationId + "' is already in use.";
  }

  /**
   * @param method the name in the source
   */
  String noStream(String method) {
    return "The value returned by the streaming method '"
        + method
        + "' is not a ChannelReader<> or IAsyncEnumerable<>.";
  }

  String streamFailed(Throwable failure) {
    return withDetail("An error occurred on the server while streaming results.", failure);
  }

  /** What the hub is told of an item that does not fit. */
  String itemDoesNotFit(BindingException failure) {
    return withDetail("Failed to bind Stream message.", failure);
  }

  String handshakeFailed(Throwable failure) {
    return withDetail(Handshake.UNEXPECTED_ERROR, failure);
  }

  String connectionClosed(Throwable failure) {
    return withDetail(CONNECTION_CLOSED, failure);
  }

  private String withDetail(String text, Throwable failure) {
    return detailed || failure instanceof HubException ? text + detail(failure) : text;
  }

  private static String detail(Throwable failure) {
    String name =
        switch (failure) {
          case ProtocolException protocol -> protocol.wireName();
          case ServiceException missing -> "InvalidOperationException";
          default -> failure.getClass().getSimpleName();
        };
    return " " + name + ": " + failure.getMessage();
  }
}
