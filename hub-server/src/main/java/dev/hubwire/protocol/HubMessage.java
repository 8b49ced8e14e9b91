package dev.hubwire.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of the hub protocol ({@code docs/protocol/hub-protocol.md} §3), or what became of one
 * that could not be bound to Java types. An {@code invocationId} is opaque text, compared exactly;
 * an empty one on the wire is read as none.
 */
public sealed interface HubMessage {

  /** A call, whatever kind of answer it wants. */
  sealed interface Calling extends HubMessage {
    /** What travels with the call beside its arguments, such as {@code traceparent}. */
    Map<String, String> headers();

    /** Null where no answer is wanted. */
    @Nullable String invocationId();

    String target();

    List<? extends @Nullable Object> arguments();

    /** Ids of the streams the caller uploads, in parameter order. */
    List<String> streamIds();
  }

  /**
   * Type 1: a call that is answered once, or not at all.
   *
   * @param invocationId null where no answer is wanted
   * @param streamIds ids of the streams the caller uploads, in parameter order
   */
  record Invocation(
      Map<String, String> headers,
      @Nullable String invocationId,
      String target,
      List<? extends @Nullable Object> arguments,
      List<String> streamIds)
      implements Calling {

    /** A call of a client's method that wants no answer. */
    public static Invocation send(String target, List<? extends @Nullable Object> arguments) {
      return new Invocation(Map.of(), null, target, arguments, List.of());
    }

    /** A call of a client's method that wants an answer. */
    public static Invocation call(
        String invocationId, String target, List<? extends @Nullable Object> arguments) {
      return new Invocation(Map.of(), invocationId, target, arguments, List.of());
    }
  }

  /** Type 4: a call that is answered by a stream. */
  record StreamInvocation(
      Map<String, String> headers,
      String invocationId,
      String target,
      List<? extends @Nullable Object> arguments,
      List<String> streamIds)
      implements Calling {}

  /** Type 2: one item of a stream. */
  record StreamItem(Map<String, String> headers, String invocationId, @Nullable Object item)
      implements HubMessage {}

  /** Type 3: the answer to a call, or the end of a stream. */
  record Completion(Map<String, String> headers, String invocationId, Outcome outcome)
      implements HubMessage {

    public static Completion result(String invocationId, @Nullable Object value) {
      return new Completion(Map.of(), invocationId, new Outcome.Result(value));
    }

    public static Completion error(String invocationId, String error) {
      return new Completion(Map.of(), invocationId, new Outcome.Failure(error));
    }

    /** The normal end of a stream. */
    public static Completion end(String invocationId) {
      return new Completion(Map.of(), invocationId, Outcome.Nothing.INSTANCE);
    }
  }

  /** What a completion carries. */
  sealed interface Outcome {
    /** A value, which may be null: also the answer of a method that returns nothing. */
    record Result(@Nullable Object value) implements Outcome {}

    /** An error text, as the peer sees it. */
    record Failure(String error) implements Outcome {}

    /** Neither: a stream ended. */
    enum Nothing implements Outcome {
      INSTANCE
    }
  }

  /** Type 5: the caller wants no more of a stream or a call. */
  record CancelInvocation(Map<String, String> headers, String invocationId) implements HubMessage {}

  /** Type 6: keep-alive. */
  enum Ping implements HubMessage {
    INSTANCE
  }

  /**
   * Type 7: the end of a connection.
   *
   * @param error null for a normal end
   */
  record Close(@Nullable String error, boolean allowReconnect) implements HubMessage {}

  /** Type 8: everything up to this number has arrived. */
  record Ack(long sequenceId) implements HubMessage {}

  /** Type 9: the number of the message that follows. */
  record Sequence(long sequenceId) implements HubMessage {}

  /**
   * A call whose arguments do not fit, or whose target does not exist: only this call fails.
   *
   * @param invocationId null where no answer is wanted
   * @param target the declared name of the method where it is known, else the client's spelling
   */
  record InvocationBindingFailure(
      @Nullable String invocationId, String target, BindingException cause) implements HubMessage {}

  /** A stream item that does not fit: only that stream fails. */
  record StreamBindingFailure(String invocationId, BindingException cause) implements HubMessage {}
}
