package dev.hubwire.dispatch;

import dev.hubwire.hub.HubException;
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

  String nullStream(String javaName) {
    return "The value returned by the streaming method '"
        + javaName
        + "' is not a ChannelReader<> or IAsyncEnumerable<>.";
  }

  String streamIdInUse(String id) {
    return "Invocation ID '" + id + "' is already in use.";
  }

  String tooManyStreams(String target) {
    return "Failed to invoke '"
        + target
        + "': "
        + ActiveStreams.MOST
        + " streams of this connection run already.";
  }

  String streamFailed(Throwable failure) {
    return withDetail("An error occurred on the server while streaming results.", failure);
  }

  String unexpectedStreams(String target, int sent) {
    return "An unexpected error occurred invoking '"
        + target
        + "' on the server. HubException: Client sent "
        + sent
        + " stream(s), Hub method expects 0.";
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
        failure instanceof ProtocolException protocol
            ? protocol.wireName()
            : failure.getClass().getSimpleName();
    return " " + name + ": " + failure.getMessage();
  }
}
