package dev.hubwire.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.HubMessage.StreamBindingFailure;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.vectors.MessageNode;
import dev.hubwire.protocol.vectors.RecordedHub;
import dev.hubwire.protocol.vectors.Vector;
import dev.hubwire.transport.PayloadWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol against what was recorded with the reference server and the official clients. */
final class JsonVectorsTest {
  private final JsonHubProtocol protocol = JsonHubProtocol.builder().detailedErrors(true).build();

  static Stream<Vector> read(String outcome) {
    return Vector.of("json", "message")
        .filter(Vector::isReadByServer)
        .filter(vector -> vector.outcome().equals(outcome));
  }

  static Stream<Vector> messages() {
    return read("message");
  }

  static Stream<Vector> ignored() {
    return read("ignored");
  }

  static Stream<Vector> incomplete() {
    return read("incomplete");
  }

  static Stream<Vector> protocolErrors() {
    return read("protocolError");
  }

  static Stream<Vector> invocationBindingFailures() {
    return read("invocationBindingFailure");
  }

  static Stream<Vector> streamBindingFailures() {
    return read("streamBindingFailure");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsMessages(Vector vector) {
    List<HubMessage> read = new ArrayList<>();
    byte[] bytes = vector.bytes();
    for (int start = 0; start < bytes.length; ) {
      int end = protocol.recordEnd(bytes, start, start, bytes.length);
      read.add(Objects.requireNonNull(protocol.read(bytes, start, end, new RecordedHub())));
      start = end;
    }

    if (vector.toString().equals("json/tol/client-result-bind-failure")) {
      // The reason is in the words of the serializer.
      assertThat(read)
          .singleElement()
          .isInstanceOfSatisfying(
              Completion.class,
              completion ->
                  assertThat(completion.outcome())
                      .isInstanceOfSatisfying(
                          Outcome.Failure.class,
                          failure ->
                              assertThat(failure.error())
                                  .startsWith("Error trying to deserialize result to int. ")));
      return;
    }
    assertThat(read.stream().map(MessageNode::of))
        .containsExactlyElementsOf(vector.messages().stream().map(MessageNode::normal).toList());
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void skipsMessagesOfUnknownTypes(Vector vector) {
    assertThat(readOne(vector)).isNull();
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void waitsForTheEndOfARecord(Vector vector) {
    byte[] bytes = vector.bytes();

    assertThat(protocol.recordEnd(bytes, 0, 0, bytes.length)).isNegative();
  }

  @ParameterizedTest
  @MethodSource("protocolErrors")
  void tellsWhatIsWrongWithARecord(Vector vector) {
    ProtocolException thrown = catchThrowableOfType(ProtocolException.class, () -> readOne(vector));

    assertThat(thrown).isNotInstanceOf(BindingException.class).hasMessage(vector.error());
    assertThat(thrown.wireName()).isEqualTo(vector.errorType());
    assertThat(written(new HubMessage.Close("Connection closed with an error.", true)))
        .isEqualTo(vector.clientSees());
  }

  @ParameterizedTest
  @MethodSource("invocationBindingFailures")
  void tellsWhyACallCannotBeBound(Vector vector) {
    HubMessage message = readOne(vector);

    assertThat(message).isInstanceOf(InvocationBindingFailure.class);
    InvocationBindingFailure failure = (InvocationBindingFailure) Objects.requireNonNull(message);
    assertThat(MessageNode.of(failure)).isEqualTo(vector.messages().getFirst());
    assertThat(failure.cause()).hasMessage(vector.error());
    assertThat(failure.cause().wireName()).isEqualTo(vector.errorType());
    assertThat(answerTo(failure)).isEqualTo(vector.clientSees());
  }

  private @Nullable String answerTo(InvocationBindingFailure failure) {
    if (failure.invocationId() == null) {
      return null;
    }
    BindingException cause = failure.cause();
    String detail = cause.alwaysShown() ? " " + cause.wireName() + ": " + cause.getMessage() : "";
    return written(
        Completion.error(
            failure.invocationId(),
            "Failed to invoke '" + failure.target() + "' due to an error on the server." + detail));
  }

  @ParameterizedTest
  @MethodSource("streamBindingFailures")
  void tellsWhichStreamAnItemDoesNotFit(Vector vector) {
    HubMessage message = readOne(vector);

    assertThat(message).isInstanceOf(StreamBindingFailure.class);
    assertThat(MessageNode.of(Objects.requireNonNull(message)))
        .isEqualTo(vector.messages().getFirst());
  }

  static Stream<Vector> writtenByTheReference() {
    return Vector.of("json", "message").filter(Vector::isWrittenByServer);
  }

  @ParameterizedTest
  @MethodSource("writtenByTheReference")
  void writesTheBytesOfTheReference(Vector vector) {
    HubMessage message = VectorMessages.of(vector);

    assertThat(written(message)).isEqualTo(new String(vector.bytes(), UTF_8));
  }

  private @Nullable HubMessage readOne(Vector vector) {
    byte[] bytes = vector.bytes();
    return protocol.read(bytes, 0, bytes.length, new RecordedHub());
  }

  private String written(HubMessage message) {
    PayloadWriter writer = new PayloadWriter(16);
    protocol.write(message, writer);
    return new String(writer.toByteArray(), UTF_8);
  }
}
