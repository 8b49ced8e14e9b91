package dev.hubwire.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.backplane.redis.RedisCodec.MalformedMessageException;
import dev.hubwire.backplane.redis.RedisMessage.Ack;
import dev.hubwire.backplane.redis.RedisMessage.Completion;
import dev.hubwire.backplane.redis.RedisMessage.GroupCommand;
import dev.hubwire.backplane.redis.RedisMessage.Invocation;
import dev.hubwire.backplane.redis.RedisMessage.Reply;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of docs/protocol/backplane.md §4, written and read. */
class RedisCodecTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String C1 = "lvEXF6sbVBdB7BJVgHpVYg";
  private static final String C2 = "0Z8gq3Yc1mXwP4tRkN6uLw";
  private static final String SERVER = "web01_02db60e5fab243b890a847fa5c4dcb29";
  private static final String ID = "MyIRAFVEd2aImaq7zN3u/w";

  private static final byte[] JSON_SEND =
      "{\"type\":1,\"target\":\"Send\",\"arguments\":[\"hello\"]}\u001e".getBytes(UTF_8);
  private static final byte[] PACKED_SEND = HEX.parseHex("11960180c0a453656e6491a568656c6c6f90");
  private static final byte[] JSON_ASK =
      "{\"type\":1,\"invocationId\":\"MyIRAFVEd2aImaq7zN3u/w\",\"target\":\"Ask\",\"arguments\":[7]}\u001e"
          .getBytes(UTF_8);
  private static final byte[] PACKED_ASK =
      HEX.parseHex("21960180b64d79495241465645643261496d6171377a4e33752f77a341736b910790");

  private static final String JSON_SEND_HEX =
      "a46a736f6ec431"
          + "7b2274797065223a312c22746172676574223a2253656e64222c22617267756d656e7473223a5b2268656c6c6f225d7d1e";
  private static final String PACKED_SEND_HEX =
      "ab6d6573736167657061636bc41211960180c0a453656e6491a568656c6c6f90";

  @Test
  void writesAndReadsAnInvocationInOneProtocol() throws Exception {
    holds(new Invocation(List.of(), Map.of("json", JSON_SEND), null), "929081" + JSON_SEND_HEX);
  }

  @Test
  void writesAndReadsAnInvocationInTwoProtocols() throws Exception {
    Map<String, byte[]> records = records(JSON_SEND, PACKED_SEND);
    holds(new Invocation(List.of(), records, null), "929082" + JSON_SEND_HEX + PACKED_SEND_HEX);
  }

  @Test
  void writesAndReadsExcludedConnections() throws Exception {
    holds(
        new Invocation(List.of(C1, C2), Map.of("json", JSON_SEND), null),
        "9292b66c764558463673625642644237424a56674870565967"
            + "b6305a386771335963316d5877503474526b4e36754c7781"
            + JSON_SEND_HEX);
  }

  @Test
  void writesAndReadsACallThatWantsAnAnswer() throws Exception {
    holds(
        new Invocation(
            List.of(),
            records(JSON_ASK, PACKED_ASK),
            new Reply(ID, "Demo.ChatHub:internal:return:" + SERVER)),
        "949082a46a736f6ec452"
            + "7b2274797065223a312c22696e766f636174696f6e4964223a224d79495241465645643261496d6171377a4e33752f77222c22746172676574223a2241736b222c22617267756d656e7473223a5b375d7d1e"
            + "ab6d6573736167657061636bc42221960180b64d79495241465645643261496d6171377a4e33752f77a341736b910790"
            + "b64d79495241465645643261496d6171377a4e33752f77"
            + "d94344656d6f2e436861744875623a696e7465726e616c3a72657475726e3a77656230315f3032646236306535666162323433623839306138343766613563346463623239");
  }

  @Test
  void writesAndReadsAnInvocationWithoutProtocols() throws Exception {
    holds(new Invocation(List.of(), Map.of(), null), "929080");
  }

  @Test
  void writesAndReadsInvocationsOfMicrosoftsOwnTests() throws Exception {
    Map<String, byte[]> records = new LinkedHashMap<>();
    records.put("p1", new byte[] {0x2a});
    records.put("p2", new byte[] {0x2a});
    holds(new Invocation(List.of(), records, null), "929082a27031c4012aa27032c4012a");
    holds(new Invocation(List.of("a"), records, null), "9291a16182a27031c4012aa27032c4012a");
  }

  @Test
  void writesHeadersOfEveryWidth() {
    List<String> excluded = IntStream.range(0, 20).mapToObj("c%02d"::formatted).toList();
    assertThat(hex(new Invocation(excluded, Map.of("json", JSON_SEND), null)))
        .startsWith("92dc0014a3633030");
    byte[] longRecord =
        ("{\"type\":1,\"target\":\"Send\",\"arguments\":[\"" + "x".repeat(300) + "\"]}\u001e")
            .getBytes(UTF_8);
    String written = hex(new Invocation(List.of(), Map.of("json", longRecord), null));
    assertThat(written).startsWith("929081a46a736f6ec50158").hasSize(2 * 355);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,room-1,9501d9267765623031",
    "300,2,room-1,95cd012cd9267765623031",
    "2,1,grüße,9502d9267765623031"
  })
  void writesAndReadsGroupCommands(int id, int action, String group, String start)
      throws Exception {
    GroupCommand command = new GroupCommand(id, SERVER, action, group, C1);
    assertThat(hex(command))
        .startsWith(start)
        .endsWith("b66c764558463673625642644237424a56674870565967");
    assertThat(RedisCodec.readGroupCommand(RedisCodec.write(command))).isEqualTo(command);
  }

  @Test
  void writesGroupCommandsToTheByte() {
    String server =
        "d92677656230315f3032646236306535666162323433623839306138343766613563346463623239";
    String connection = "b66c764558463673625642644237424a56674870565967";
    assertThat(hex(new GroupCommand(1, SERVER, 1, "room-1", C1)))
        .isEqualTo("9501" + server + "01a6726f6f6d2d31" + connection);
    assertThat(hex(new GroupCommand(300, SERVER, 2, "room-1", C1)))
        .isEqualTo("95cd012c" + server + "02a6726f6f6d2d31" + connection);
    assertThat(hex(new GroupCommand(2, SERVER, 1, "grüße", C1)))
        .isEqualTo("9502" + server + "01a76772c3bcc39f65" + connection);
    assertThat(hex(new GroupCommand(42, "S", 1, "G", "C"))).isEqualTo("952aa15301a147a143");
    assertThat(hex(new GroupCommand(42, "S", 2, "G", "C"))).isEqualTo("952aa15302a147a143");
  }

  @ParameterizedTest
  @CsvSource({
    "0,9100",
    "1,9101",
    "42,912a",
    "180,91ccb4",
    "300,91cd012c",
    "384,91cd0180",
    "70000,91ce00011170",
    "-1,91ff",
    "-2147483648,91d280000000"
  })
  void writesAndReadsAcks(int id, String expected) throws Exception {
    assertThat(hex(new Ack(id))).isEqualTo(expected);
    assertThat(RedisCodec.readAck(HEX.parseHex(expected))).isEqualTo(new Ack(id));
  }

  @Test
  void writesAndReadsCompletions() throws Exception {
    byte[] record = HEX.parseHex("1c950380b64d79495241465645643261496d6171377a4e33752f77032a");
    String expected = "92ab6d6573736167657061636bc41d" + HEX.formatHex(record);
    assertThat(hex(new Completion("messagepack", record))).isEqualTo(expected);
    Completion read = RedisCodec.readCompletion(HEX.parseHex(expected));
    assertThat(read.protocol()).isEqualTo("messagepack");
    assertThat(read.record()).isEqualTo(record);
  }

  @Test
  void acceptsElementsThatItDoesNotKnow() throws Exception {
    assertThat(RedisCodec.readAck(HEX.parseHex("9205a6667574757265"))).isEqualTo(new Ack(5));
    assertThat(RedisCodec.readInvocation(HEX.parseHex("939080a178")).reply()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "91cc05",
    "91cd0005",
    "91ce00000005",
    "91d005",
    "91d10005",
    "91d200000005",
    "dc000105"
  })
  void acceptsNumbersAndHeadersOfAnyWidth(String hex) throws Exception {
    assertThat(RedisCodec.readAck(HEX.parseHex(hex))).isEqualTo(new Ack(5));
  }

  @Test
  void takesNilForNoBytes() throws Exception {
    assertThat(RedisCodec.readCompletion(HEX.parseHex("92a16ac0")).record()).isEmpty();
  }

  @Test
  void refusesArraysThatAreTooShortInTheWordsOfTheReference() {
    assertThatThrownBy(() -> RedisCodec.readInvocation(HEX.parseHex("9190")))
        .hasMessage("Insufficient items in Invocation array.");
    assertThatThrownBy(() -> RedisCodec.readGroupCommand(HEX.parseHex("9401a17301a167")))
        .hasMessage("Insufficient items in GroupCommand array.");
    assertThatThrownBy(() -> RedisCodec.readAck(HEX.parseHex("90")))
        .hasMessage("Insufficient items in Ack array.");
    assertThatThrownBy(() -> RedisCodec.readCompletion(HEX.parseHex("91a16a")))
        .hasMessage("Insufficient items in CompletionMessage array.");
  }

  @ParameterizedTest
  @CsvSource({"c0", "00", "9290", "9291c4016180", "9290dfffffffff", "92dd7fffffff", "''"})
  void refusesWhatIsNoInvocation(String hex) {
    assertThatThrownBy(() -> RedisCodec.readInvocation(HEX.parseHex(hex)))
        .isInstanceOf(MalformedMessageException.class);
  }

  private static Map<String, byte[]> records(byte[] json, byte[] packed) {
    Map<String, byte[]> records = new LinkedHashMap<>();
    records.put("json", json);
    records.put("messagepack", packed);
    return records;
  }

  private static String hex(RedisMessage message) {
    return HEX.formatHex(RedisCodec.write(message));
  }

  private static void holds(Invocation message, String expected) throws Exception {
    assertThat(hex(message)).isEqualTo(expected);
    Invocation read = RedisCodec.readInvocation(HEX.parseHex(expected));
    assertThat(read.excludedConnectionIds()).isEqualTo(message.excludedConnectionIds());
    assertThat(read.reply()).isEqualTo(message.reply());
    assertThat(read.records().keySet()).isEqualTo(message.records().keySet());
    read.records()
        .forEach((name, record) -> assertThat(record).isEqualTo(message.records().get(name)));
  }
}
