package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.MemberNaming;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubMessage.Completion;
import dev.hubwire.protocol.HubMessage.Outcome;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import java.lang.reflect.Type;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HubProtocolsTest {
  /** A client's answer {@code "abc"} where a number is expected, in each protocol. */
  private static final Map<String, byte[]> ANSWERS =
      Map.of(
          "json",
          "{\"type\":3,\"invocationId\":\"s1\",\"result\":\"abc\"}\u001e".getBytes(UTF_8),
          "messagepack",
          HexFormat.of().parseHex("0b950380a2733103a3616263"));

  private final HubProtocols protocols = new HubProtocols(json -> {}, MemberNaming.PASCAL_CASE);

  @Test
  void hubsThatAreSetUpAlikeShareTheirProtocols() {
    List<HubProtocol> first = protocols.offeredBy(HubOptions.builder().build());
    assertThat(protocols.offeredBy(HubOptions.builder().build())).isEqualTo(first);
    HubOptions onlyOne = HubOptions.builder().supportedProtocols(List.of("messagepack")).build();
    assertThat(first).containsAll(protocols.offeredBy(onlyOne));
  }

  @Test
  void detailedErrorsSayWhyAClientResultDoesNotFit() {
    HubOptions detailed = HubOptions.builder().detailedErrors(true).build();
    assertThat(protocols.offeredBy(detailed))
        .extracting(HubProtocolsTest::failure)
        .allSatisfy(
            text -> assertThat(text).startsWith("Error trying to deserialize result to Integer. "));
    assertThat(protocols.offeredBy(HubOptions.builder().build()))
        .extracting(HubProtocolsTest::failure)
        .containsExactly(
            "Error trying to deserialize result.", "Error trying to deserialize result.");
  }

  private static String failure(HubProtocol protocol) {
    byte[] record = ANSWERS.getOrDefault(protocol.name(), new byte[0]);
    HubMessage answer = protocol.read(record, 0, record.length, new WaitingForANumber());
    assertThat(answer).isInstanceOf(Completion.class);
    return ((Outcome.Failure) ((Completion) Objects.requireNonNull(answer)).outcome()).error();
  }

  private record WaitingForANumber() implements InvocationBinder {
    @Override
    public @Nullable Target target(String name) {
      return null;
    }

    @Override
    public Type resultType(String invocationId) {
      return Integer.class;
    }

    @Override
    public @Nullable Type streamItemType(String streamId) {
      return null;
    }
  }
}
