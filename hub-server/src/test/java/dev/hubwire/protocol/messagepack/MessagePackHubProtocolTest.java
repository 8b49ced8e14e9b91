package dev.hubwire.protocol.messagepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hubwire.hub.MemberNaming;
import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.BindingException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.CancelInvocation;
import dev.hubwire.protocol.HubMessage.Close;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Invocation;
import dev.hubwire.protocol.HubMessage.InvocationBindingFailure;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.HubMessage.StreamBindingFailure;
import dev.hubwire.protocol.HubMessage.StreamInvocation;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.InvocationBinder.Target;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.transport.PayloadWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the vectors leave open. */
final class MessagePackHubProtocolTest {
  private static final Target NO_ARGS = new Target("NoArgs", List.of());

  private final MessagePackHubProtocol protocol = new MessagePackHubProtocol();

  private @Nullable HubMessage read(String hexBody, InvocationBinder binder) {
    byte[] body = HexFormat.of().parseHex(hexBody);
    PayloadWriter record = new PayloadWriter(16);
    record.write(body);
    LengthPrefix.insert(record, 0);
    byte[] bytes = record.toByteArray();
    assertThat(protocol.recordEnd(bytes, 0, 0, bytes.length)).isEqualTo(bytes.length);
    return protocol.read(bytes, 0, bytes.length, binder);
  }

  private String written(HubMessage message) {
    PayloadWriter target = new PayloadWriter(16);
    protocol.write(message, target);
    return HexFormat.of().formatHex(target.toByteArray());
  }

  private void assertFatal(String hexBody, String wireName, String message) {
    ProtocolException thrown =
        catchThrowableOfType(ProtocolException.class, () -> read(hexBody, TestBinder.of(NO_ARGS)));
    assertThat(thrown).isNotInstanceOf(BindingException.class).hasMessage(message);
    assertThat(thrown.wireName()).isEqualTo(wireName);
  }

  @Test
  void isNamedAsClientsAskForIt() {
    assertThat(protocol.name()).isEqualTo("messagepack");
    assertThat(protocol.transferFormat()).isEqualTo(TransferFormat.BINARY);
  }

  @Test
  void aLengthMayBeLongerThanItHasToBe() {
    byte[] bytes = HexFormat.of().parseHex("82809106" + "8380808000" + "91c106");

    assertThat(protocol.recordEnd(bytes, 4, 4, bytes.length)).isEqualTo(bytes.length);
    byte[] ping = HexFormat.of().parseHex("8280009106");
    assertThat(protocol.recordEnd(ping, 0, 0, ping.length)).isEqualTo(ping.length);
    assertThat(protocol.read(ping, 0, ping.length, TestBinder.of(NO_ARGS)))
        .isEqualTo(HubMessage.Ping.INSTANCE);
  }

  @Test
  void theLongestLengthIsWaitedForAndALongerOneRefused() {
    byte[] longest = HexFormat.of().parseHex("ffffffff07");
    assertThat(protocol.recordEnd(longest, 0, 0, longest.length)).isNegative();
    for (String tooLong : List.of("ffffffff08", "8080808080", "8080808087")) {
      byte[] bytes = HexFormat.of().parseHex(tooLong);
      assertThat(protocol.recordEnd(bytes, 0, 0, 4)).isNegative();
      assertThatThrownBy(() -> protocol.recordEnd(bytes, 0, 0, 5))
          .isInstanceOf(ProtocolException.class)
          .hasMessage("Messages over 2GB in size are not supported.");
    }
  }

  @Test
  void aHeaderThatAnnouncesMoreThanThereIsIsRefusedAtOnce() {
    String endOfStream = "Attempted to read past the end of the stream.";
    assertFatal("9f06", "EndOfStreamException", endOfStream);
    assertFatal("ddffffffff06", "EndOfStreamException", endOfStream);
    assertFatal(
        "9501dfffffffff", "InvalidDataException", "Reading map length for 'headers' failed.");
    assertFatal("920181a0", "InvalidDataException", "Reading map length for 'headers' failed.");
    assertFatal(
        "960180c0a64e6f4172677390ddffffffff",
        "InvalidDataException",
        "Reading array length for 'streamIds' failed.");
  }

  @Test
  void anIdOfAStreamIsAText() {
    assertFatal(
        "960180c0a64e6f41726773909105",
        "MessagePackSerializationException",
        "Unexpected msgpack code 5 (positive fixint) encountered.");
    assertFatal(
        "960180c0a64e6f417267739091c3",
        "MessagePackSerializationException",
        "Unexpected msgpack code 195 (true) encountered.");
    assertFatal(
        "960180c0a64e6f417267739091cb",
        "MessagePackSerializationException",
        "Unexpected msgpack code 203 (float 64) encountered.");
    assertFatal(
        "960180c0a64e6f417267739091c0",
        "InvalidDataException",
        "Null or empty value in streamIds received.");
  }

  @Test
  void aResultNobodyWaitsForMustBeWhole() {
    InvocationBinder binder = TestBinder.of(NO_ARGS);
    for (String value :
        List.of(
            "c0",
            "d40100",
            "d8" + "00".repeat(17),
            "c70300010203",
            "dd0000000101",
            "a3616263",
            "c6000000020102",
            "81a17801",
            "cb" + "00".repeat(8),
            "ff",
            "c8000100ff")) {
      assertThat(read("950380a17803" + value, binder)).isEqualTo(Completion.result("x", null));
    }
    String endOfStream = "Attempted to read past the end of the stream.";
    for (String value : List.of("", "92c0", "a2", "cd00", "c7", "c9ffffffff01", "dfffffffff")) {
      assertFatal("950380a17803" + value, "EndOfStreamException", endOfStream);
    }
    assertFatal(
        "950380a17803c1",
        "MessagePackSerializationException",
        "Unexpected msgpack code 193 ((never used)) encountered.");
  }

  @Test
  void aResultNobodyWaitsForMayBeNestedWithoutLimit() {
    assertThat(read("950380a17803" + "91".repeat(100_000) + "c0", TestBinder.of(NO_ARGS)))
        .isEqualTo(Completion.result("x", null));
  }

  @Test
  void anArgumentThatIsNestedTooDeepFailsTheCall() {
    Target any = new Target("t", List.of(Object.class));

    HubMessage message = read("9501" + "80a131a17491" + "91".repeat(501), TestBinder.of(any));

    assertThat(message)
        .isInstanceOfSatisfying(
            InvocationBindingFailure.class,
            failure -> assertThat(failure.cause()).hasMessageStartingWith("Error binding"));
  }

  @Test
  void whatIsBehindABindingFailureIsNotLookedAt() {
    assertThat(read("960180a131a64e6f417267739105c1", TestBinder.of(NO_ARGS)))
        .isInstanceOf(InvocationBindingFailure.class);
  }

  @Test
  void aStreamInvocationHasTheClientsSpellingAndACallTheDeclaredOne() {
    InvocationBinder binder = TestBinder.of(NO_ARGS);

    assertThat(read("950180c0a64e4f6172677390", binder))
        .isEqualTo(new Invocation(Map.of(), null, "NoArgs", List.of(), List.of()));
    assertThat(read("960480a131a64e4f617267739091a137", binder))
        .isEqualTo(new StreamInvocation(Map.of(), "1", "NOargs", List.of(), List.of("7")));
  }

  @Test
  void headersAreReadInOrder() {
    HubMessage message = read("930582a162a131a161a132a139", TestBinder.of(NO_ARGS));

    assertThat(message).isInstanceOf(CancelInvocation.class);
    assertThat(((CancelInvocation) Objects.requireNonNull(message)).headers())
        .containsExactly(Map.entry("b", "1"), Map.entry("a", "2"));
  }

  @Test
  void anItemOfAnUnknownStreamOrOfTheWrongTypeFailsThatStreamOnly() {
    HubMessage unknown = read("940280a13705", TestBinder.of(NO_ARGS));
    HubMessage wrong = read("940280a137a178", new TestBinder(NO_ARGS, int.class, null));

    assertThat(unknown)
        .isInstanceOfSatisfying(
            StreamBindingFailure.class,
            failure ->
                assertThat(failure.cause()).hasMessage("No stream with id '7' could be found."));
    assertThat(wrong)
        .isInstanceOfSatisfying(
            StreamBindingFailure.class,
            failure ->
                assertThat(failure.cause())
                    .hasMessage("Deserializing object of the `int` type for 'item' failed."));
  }

  @Test
  void anErrorWithoutTextIsAnErrorAndACloseWithoutTextIsNone() {
    assertThat(written(Completion.error("7", ""))).isEqualTo("07950380a13701a0");
    assertThat(written(new Close("", true))).isEqualTo("049307c0c3");
    assertThat(read("950380a13701a0", TestBinder.of(NO_ARGS))).isEqualTo(Completion.error("7", ""));
  }

  @Test
  void aCancellationHasNoMoreThanItsId() {
    assertThat(written(new CancelInvocation(Map.of("k", "v"), "2")))
        .isEqualTo("09930581a16ba176a132");
  }

  @Test
  void aCallWithAnEmptyIdHasNone() {
    assertThat(written(new Invocation(Map.of(), "", "t", List.of(), List.of("7"))))
        .isEqualTo("0a960180c0a1749091a137");
  }

  @Test
  void recordsFollowEachOther() {
    PayloadWriter target = new PayloadWriter(16);
    protocol.write(HubMessage.Ping.INSTANCE, target);
    protocol.write(Completion.result("1", "x".repeat(20_000)), target);
    protocol.write(HubMessage.Ping.INSTANCE, target);

    byte[] bytes = target.toByteArray();
    assertThat(bytes).startsWith(2, 0x91, 6, 0xa9, 0x9c, 0x01, 0x95).endsWith(2, 0x91, 6);
    assertThat(protocol.recordEnd(bytes, 3, 3, bytes.length)).isEqualTo(bytes.length - 3);
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() {
    PayloadWriter target = new PayloadWriter(16);
    protocol.write(HubMessage.Ping.INSTANCE, target);
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);

    for (Object value : List.of(cycle, Thread.currentThread())) {
      Invocation call = Invocation.send("t", List.of("x".repeat(1_000), value));
      assertThatThrownBy(() -> protocol.write(call, target))
          .isInstanceOf(SerializationException.class)
          .hasMessageStartingWith("Cannot write Invocation as MessagePack: ");
    }

    assertThat(target.toByteArray()).containsExactly(2, 0x91, 6);
  }

  @Test
  void whatBecameOfAMessageHasNoFormOnTheWire() {
    BindingException cause = BindingException.unknownMethod();

    assertThatThrownBy(() -> written(new StreamBindingFailure("7", cause)))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> written(new InvocationBindingFailure("7", "t", cause)))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void membersAreNamedAsTheBuilderSays() {
    record Person(String firstName) {}
    MessagePackHubProtocol camel =
        MessagePackHubProtocol.builder().memberNaming(MemberNaming.CAMEL_CASE).build();
    PayloadWriter target = new PayloadWriter(16);

    camel.write(Completion.result("1", new Person("A")), target);

    assertThat(written(Completion.result("1", new Person("A"))))
        .isEqualTo("13950380a1310381a946697273744e616d65a141");
    assertThat(target.toByteArray())
        .isEqualTo(HexFormat.of().parseHex("13950380a1310381a966697273744e616d65a141"));
    assertThat(
            camel.read(
                target.toByteArray(),
                0,
                target.size(),
                new TestBinder(NO_ARGS, null, Person.class)))
        .isEqualTo(new Completion(Map.of(), "1", new Outcome.Result(new Person("A"))));
  }
}
