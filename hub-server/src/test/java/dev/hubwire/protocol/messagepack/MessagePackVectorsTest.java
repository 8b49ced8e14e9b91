package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.HubMessage.StreamBindingFailure;
import dev.hubwire.protocol.InvocationBinder.Target;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.vectors.MessageNode;
import dev.hubwire.protocol.vectors.Vector;
import dev.hubwire.transport.PayloadWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol against what was recorded with the reference server and the official clients. */
final class MessagePackVectorsTest {
  /**
   * Numbers in slots that .NET declares as object have the width of their type; at run time Java
   * does not know how a map was declared, and writes the shortest form.
   */
  private static final String WIDE_NUMBERS = "msgpack/types/map-of-object";

  private final MessagePackHubProtocol protocol =
      MessagePackHubProtocol.builder().detailedErrors(true).build();

  static Stream<Vector> read(String outcome) {
    return Vector.of("messagepack", "message")
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
      read.add(Objects.requireNonNull(protocol.read(bytes, start, end, new MessagePackHub())));
      start = end;
    }

    if (vector.toString().equals("msgpack/tol/client-result-bind-failure")) {
      assertThat(read)
          .containsExactly(
              Completion.error(
                  "s1",
                  "Error trying to deserialize result to int. Deserializing object of the `int`"
                      + " type for 'argument' failed."));
      return;
    }
    assertThat(read.stream().map(MessageNode::of))
        .containsExactlyElementsOf(
            vector.messages().stream().map(MessagePackVectorsTest::normal).toList());
  }

  /** Vectors show milliseconds always, {@link java.time.Instant} only where there are some. */
  private static JsonNode normal(JsonNode message) {
    String text = message.toString().replace(".000Z\"", "Z\"");
    return MessageNode.normal(JsonMapper.shared().readTree(text));
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
    return Vector.of("messagepack", "message")
        .filter(vector -> hasWriter(vector, "dotnet-server") || hasWriter(vector, "dotnet-client"))
        .filter(vector -> !vector.toString().equals(WIDE_NUMBERS));
  }

  private static boolean hasWriter(Vector vector, String name) {
    return StreamSupport.stream(vector.node().path("writers").spliterator(), false)
        .anyMatch(writer -> writer.asString().equals(name));
  }

  @ParameterizedTest
  @MethodSource("writtenByTheReference")
  void writesTheBytesOfTheReference(Vector vector) {
    assertThat(written(VectorMessages.of(vector))).isEqualTo(hex(vector.bytes()));
  }

  @Test
  void readsNumbersOfTheWidthOfTheirTypeAndWritesThemShorter() {
    Vector vector =
        Vector.of("messagepack", "message")
            .filter(candidate -> candidate.toString().equals(WIDE_NUMBERS))
            .findFirst()
            .orElseThrow();
    byte[] bytes = vector.bytes();

    HubMessage read =
        protocol.read(
            bytes, 0, bytes.length, TestBinder.of(new Target("t", List.of(Object.class))));

    assertThat(MessageNode.of(Objects.requireNonNull(read)))
        .isEqualTo(MessageNode.normal(vector.messages().getFirst()));
    assertThat(written((Invocation) read)).isEqualTo("0e960180c0a1749181a16b9201c090");
  }

  @Test
  void tellsNothingAboutAResultThatDoesNotFitUnlessErrorsAreDetailed() {
    byte[] bytes = HexFormat.of().parseHex("0b950380a2733103a3616263");

    assertThat(new MessagePackHubProtocol().read(bytes, 0, bytes.length, new MessagePackHub()))
        .isEqualTo(
            new Completion(
                Map.of(), "s1", new Outcome.Failure("Error trying to deserialize result.")));
  }

  private @Nullable HubMessage readOne(Vector vector) {
    byte[] bytes = vector.bytes();
    int end = protocol.recordEnd(bytes, 0, 0, bytes.length);
    assertThat(end).isEqualTo(bytes.length);
    return protocol.read(bytes, 0, end, new MessagePackHub());
  }

  private String written(HubMessage message) {
    PayloadWriter writer = new PayloadWriter(16);
    protocol.write(message, writer);
    return hex(writer.toByteArray());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
