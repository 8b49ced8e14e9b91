package dev.hubwire.backplane.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.ClientCall;
import dev.hubwire.backplane.redis.Channels.Purpose;
import dev.hubwire.backplane.redis.RedisCodec.MalformedMessageException;
import dev.hubwire.backplane.redis.Sniffer.Heard;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.protocol.messagepack.MessagePackHubProtocol;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TestServer;
import dev.hubwire.transport.PayloadWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every message that two servers of the reference published for some hub calls, both ways. */
class VectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonNode FILE =
      JsonMapper.shared()
          .readTree(Path.of("../docs/protocol/vectors/redis-backplane.json").toFile());
  private static final String A = FILE.at("/connections/a").asString();
  private static final String B = FILE.at("/connections/b").asString();
  private static final String PREFIX = "hw";
  private static final String HUB = "Reference.ConformanceHub";
  private static final String SERVER_OF_A = "vm_0cdd59adf62d4c86ab07bf2d7803e5a9";
  private static final String SERVER_OF_B = "vm_f28ef594061a4dcd920d122a6c6b272b";

  /** An invocation id, as it stands in records of both protocols. */
  private static final Pattern TEXT_ID = Pattern.compile("[A-Za-z0-9+/]{22}");

  private static final RedisServer REDIS = RedisServer.start();

  private final Iterator<String> serverNames = List.of(SERVER_OF_A, SERVER_OF_B).iterator();
  private final Farm farm =
      new Farm(
          REDIS, HUB, settings -> settings.channelPrefix(PREFIX).serverNames(serverNames::next));
  private final Sniffer stranger = new Sniffer(REDIS);
  private final HubProtocol json = JsonHubProtocol.builder().build();
  private final HubProtocol messagePack = MessagePackHubProtocol.builder().build();
  private final TestServer serverOfA = new TestServer(farm::join, List.of(json, messagePack));
  private final TestServer serverOfB = new TestServer(farm::join, List.of(json, messagePack));
  private final TestMember a = serverOfA.connect(A, null, json);
  private final TestMember b = serverOfB.connect(B, "ada", messagePack);

  /** One message of the reference. */
  record Vector(String operation, String channel, String hex) {
    byte[] payload() {
      return HEX.parseHex(hex);
    }

    @Override
    public String toString() {
      return operation + " on " + channel;
    }
  }

  static Stream<Vector> vectors() {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode message : FILE.get("messages")) {
      vectors.add(
          new Vector(
              message.get("operation").asString(),
              message.get("channel").asString(),
              message.get("hex").asString()));
    }
    return vectors.stream();
  }

  /** Those of calls of clients. */
  static Stream<Vector> invocations() {
    return vectors().filter(vector -> !vector.channel().contains(":internal:"));
  }

  static Stream<String> operations() {
    return vectors().map(Vector::operation).distinct();
  }

  @BeforeEach
  void join() {
    serverOfA.backplane().addToGroup(A, "room");
    serverOfB.backplane().addToGroup(B, "room");
    settle();
    stranger.heard();
  }

  @AfterEach
  void leave() {
    serverOfA.close();
    serverOfB.close();
    stranger.close();
  }

  @AfterAll
  static void stopRedis() {
    REDIS.close();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void publishesWhatTheReferencePublishes(String operation) {
    perform(operation);
    settle();
    assertThat(heard(operation))
        .containsExactlyInAnyOrderElementsOf(
            vectors()
                .filter(vector -> vector.operation().equals(operation))
                .map(vector -> new Heard(vector.channel(), vector.hex()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("invocations")
  void doesWhatTheReferenceAsksFor(Vector vector) throws Exception {
    stranger.publish(vector.channel(), vector.payload());
    settle();
    RedisMessage.Invocation message = RedisCodec.readInvocation(vector.payload());
    assertThat(a.received()).isEqualTo(expected(vector, message, A, "json"));
    assertThat(b.received()).isEqualTo(expected(vector, message, B, "messagepack"));
  }

  @Test
  void carriesOutGroupCommandsOfTheReferenceAndSaysSo() {
    List<Vector> commands =
        vectors().filter(vector -> vector.channel().endsWith(":internal:groups")).toList();
    assertThat(commands).hasSize(2);
    for (Vector command : commands) {
      stranger.publish(command.channel(), command.payload());
      settle();
      assertThat(heard(command.operation()))
          .filteredOn(heard -> heard.channel().contains(":ack:"))
          .containsExactlyElementsOf(
              vectors()
                  .filter(vector -> vector.operation().equals(command.operation()))
                  .filter(vector -> vector.channel().contains(":ack:"))
                  .map(vector -> new Heard(vector.channel(), vector.hex()))
                  .toList());
      serverOfA.sendToGroup("far", "m");
      settle();
      stranger.heard();
    }
    assertThat(b.received()).as("member for the first message only").hasSize(1);
  }

  @Test
  void takesAnAnswerOfTheReference() {
    CompletableFuture<@Nullable Object> result = ask(serverOfA, B);
    Vector question = vectors().filter(vector -> vector.channel().endsWith(B)).toList().getLast();
    Vector answer =
        vectors()
            .filter(vector -> vector.channel().endsWith(":return:" + SERVER_OF_A))
            .findFirst()
            .orElseThrow();
    String id = idIn(stranger.heard().getFirst().hex());
    stranger.publish(
        answer.channel(), HEX.parseHex(answer.hex().replace(idIn(question.hex()), id)));
    settle();
    assertThat(result).isCompletedWithValue("got q");
  }

  private void perform(String operation) {
    Set<String> nobody = Set.of();
    switch (operation.substring(0, operation.indexOf(':'))) {
      case "all" -> send(new Address.All(nobody));
      case "all except" -> send(new Address.All(Set.of(B)));
      case "group" -> send(new Address.Group("room", nobody));
      case "group except" -> send(new Address.Group("room", Set.of(A)));
      case "groups" -> send(new Address.Groups(List.of("room", "other")));
      case "user" -> send(new Address.Users(Set.of("ada")));
      case "users" -> send(new Address.Users(Set.of("ada", "bob")));
      case "remote connection" -> send(new Address.Connections(Set.of(B)));
      case "connections" -> send(new Address.Connections(Set.of(A, B)));
      case "remote join" -> serverOfA.backplane().addToGroup(B, "far");
      case "remote leave" -> {
        serverOfA.backplane().addToGroup(B, "far");
        settle();
        stranger.heard();
        serverOfA.backplane().removeFromGroup(B, "far");
      }
      case "client result of a remote connection" ->
          askAndAnswer(serverOfA, serverOfB, b, this::settle);
      case "client result, other way (b is MessagePack)" ->
          askAndAnswer(serverOfB, serverOfA, a, this::settle);
      default -> throw new AssertionError(operation);
    }
  }

  private void send(Address address) {
    serverOfA.send(address, "receive", "hello");
  }

  private static CompletableFuture<@Nullable Object> ask(TestServer from, String connectionId) {
    return from.backplane()
        .invoke(connectionId, new ClientCall("answer", List.of("q"), String.class));
  }

  private static void askAndAnswer(
      TestServer asking, TestServer holding, TestMember asked, Runnable settle) {
    CompletableFuture<@Nullable Object> result = ask(asking, asked.connectionId());
    settle.run();
    String id =
        TEXT_ID.matcher(asked.received().getLast()).results().findFirst().orElseThrow().group();
    PayloadWriter record = new PayloadWriter(100);
    asked.protocol().write(HubMessage.Completion.result(id, "got q"), record);
    assertThat(holding.answer(asked, record.toByteArray())).isTrue();
    settle.run();
    assertThat(result).isCompletedWithValue("got q");
  }

  /**
   * What other servers would hear of an operation, with the id that the reference gave the call.
   */
  private List<Heard> heard(String operation) {
    List<Heard> heard =
        stranger.heard().stream().filter(message -> !Farm.isProbe(message.hex())).toList();
    String theirs =
        vectors()
            .filter(vector -> vector.operation().equals(operation))
            .map(vector -> idIn(vector.hex()))
            .filter(id -> !id.isEmpty())
            .findFirst()
            .orElse("");
    String ours =
        heard.stream()
            .map(message -> idIn(message.hex()))
            .filter(id -> !id.isEmpty())
            .findFirst()
            .orElse("");
    return heard.stream()
        .map(message -> new Heard(message.channel(), message.hex().replace(ours, theirs)))
        .toList();
  }

  /** The id of a call that wants an answer, in hex; empty if this is none. */
  private static String idIn(String hex) {
    try {
      RedisMessage.Reply reply = RedisCodec.readInvocation(HEX.parseHex(hex)).reply();
      return reply == null ? "" : HEX.formatHex(reply.invocationId().getBytes(UTF_8));
    } catch (MalformedMessageException e) {
      return "";
    }
  }

  private static List<String> expected(
      Vector vector, RedisMessage.Invocation message, String connectionId, String protocol) {
    Purpose purpose = new Channels(PREFIX, HUB, SERVER_OF_A).purposeOf(vector.channel());
    boolean meant =
        switch (Objects.requireNonNull(purpose)) {
          case Purpose.All() -> true;
          case Purpose.Group(String name) -> name.equals("room");
          case Purpose.User(String id) -> id.equals("ada") && connectionId.equals(B);
          case Purpose.Connection(String id) -> id.equals(connectionId);
          default -> throw new AssertionError(purpose);
        };
    return meant && !message.excludedConnectionIds().contains(connectionId)
        ? List.of(new String(Objects.requireNonNull(message.records().get(protocol)), UTF_8))
        : List.of();
  }

  private void settle() {
    farm.awaitArrival();
    serverOfA.run();
    serverOfB.run();
  }
}
