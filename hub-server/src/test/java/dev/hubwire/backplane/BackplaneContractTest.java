package dev.hubwire.backplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.ClientUnreachableException;
import dev.hubwire.hub.HubException;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TestServer;
import dev.hubwire.testing.TextProtocol;
import dev.hubwire.transport.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backplane has to do for a server, be it alone or not. */
public abstract class BackplaneContractTest {
  private TestServer server;

  /** Makes the backplane of one more server. */
  protected abstract Backplane join(LocalHub hub);

  /** Returns when everything published until now was delivered to every server that joined. */
  protected abstract void awaitArrival();

  @BeforeEach
  final void start() {
    server = new TestServer(this::join);
  }

  @AfterEach
  final void nothingStaysBorrowed() {
    settle();
    server.assertNothingBorrowed();
    server.close();
  }

  private void settle() {
    awaitArrival();
    server.run();
  }

  @Test
  final void reachesEveryConnectionButThoseThatLeft() {
    TestMember a = server.connect("a", null);
    TestMember b = server.connect("b", null);
    server.sendToAll("one");
    settle();
    server.disconnect(b);
    server.sendToAll("two");
    settle();
    assertThat(a.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(b.received()).containsExactly("t:one[]");
  }

  @Test
  final void omitsExcludedConnections() {
    TestMember a = server.connect("a", null);
    TestMember b = server.connect("b", null);
    server.backplane().addToGroup("a", "room");
    server.backplane().addToGroup("b", "room");
    server.send(new Address.All(Set.of("a")), "one");
    server.send(new Address.Group("room", Set.of("a")), "two");
    settle();
    assertThat(a.received()).isEmpty();
    assertThat(b.received()).containsExactlyInAnyOrder("t:one[]", "t:two[]");
  }

  @Test
  final void reachesTheMembersOfAGroupOnly() {
    TestMember inside = server.connect("a", null);
    TestMember outside = server.connect("b", null);
    server.backplane().addToGroup("a", "room");
    server.sendToGroup("room", "one");
    server.sendToGroup("Room", "two");
    settle();
    assertThat(inside.received()).containsExactly("t:one[]");
    assertThat(outside.received()).isEmpty();
  }

  @Test
  final void reachesMembersOfSeveralGroupsOnceForEach() {
    TestMember a = server.connect("a", null);
    server.backplane().addToGroup("a", "x");
    server.backplane().addToGroup("a", "y");
    server.send(new Address.Groups(List.of("x", "y", "z")), "m");
    settle();
    assertThat(a.received()).containsExactly("t:m[]", "t:m[]");
  }

  @Test
  final void reachesExactlyTheConnectionsNamed() {
    TestMember a = server.connect("a", null);
    TestMember b = server.connect("b", null);
    TestMember c = server.connect("c", null);
    server.sendToConnections(Set.of("a"), "one");
    server.sendToConnections(Set.of("a", "b", "stranger"), "two");
    server.sendToConnections(Set.of("stranger"), "three");
    settle();
    assertThat(a.received()).containsExactlyInAnyOrder("t:one[]", "t:two[]");
    assertThat(b.received()).containsExactly("t:two[]");
    assertThat(c.received()).isEmpty();
  }

  @Test
  final void reachesEveryConnectionOfAUserAlsoAfterOneLeft() {
    TestMember phone = server.connect("a", "ada");
    TestMember laptop = server.connect("b", "ada");
    TestMember other = server.connect("c", "Ada");
    server.sendToUser("ada", "one");
    settle();
    server.disconnect(phone);
    server.sendToUser("ada", "two");
    settle();
    assertThat(phone.received()).containsExactly("t:one[]");
    assertThat(laptop.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(other.received()).isEmpty();
  }

  @Test
  final void makesGroupChangesVisibleToMessagesSentAfterwards() {
    TestMember a = server.connect("a", null);
    server.sendToGroup("room", "before");
    server.backplane().addToGroup("a", "room");
    server.sendToGroup("room", "inside");
    settle();
    server.backplane().removeFromGroup("a", "room");
    server.sendToGroup("room", "after");
    settle();
    assertThat(a.received()).containsExactly("t:inside[]");
  }

  @Test
  final void sendsOneCopyToWhoJoinedTwice() {
    TestMember a = server.connect("a", null);
    server.backplane().addToGroup("a", "room");
    server.backplane().addToGroup("a", "room");
    server.sendToGroup("room", "m");
    settle();
    assertThat(a.received()).containsExactly("t:m[]");
  }

  @Test
  final void ignoresTheRemovalOfWhoIsNoMember() {
    TestMember a = server.connect("a", null);
    assertThatCode(() -> server.backplane().removeFromGroup("a", "room"))
        .doesNotThrowAnyException();
    server.sendToAll("m");
    settle();
    assertThat(a.received()).containsExactly("t:m[]");
  }

  @Test
  final void takesADisconnectedMemberOutOfItsGroups() {
    TestMember first = server.connect("a", null);
    server.backplane().addToGroup("a", "room");
    settle();
    server.disconnect(first);
    TestMember second = server.connect("a", null);
    server.sendToGroup("room", "m");
    settle();
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).isEmpty();
  }

  @Test
  final void keepsTheOrderOfOneSenderToOneAddress() {
    TestMember a = server.connect("a", null);
    for (int i = 0; i < 50; i++) {
      server.sendToAll("m", i);
    }
    settle();
    assertThat(a.received())
        .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "t:m[" + i + "]").toList());
  }

  @Test
  final void reachesTheOthersWhenOneConnectionFails() {
    TestMember broken = server.connect("a", null);
    TestMember b = server.connect("b", null);
    server.backplane().addToGroup("a", "room");
    server.backplane().addToGroup("b", "room");
    broken.connection().answer(SendResult.CLOSED);
    for (String message : List.of("one", "two")) {
      server.sendToGroup("room", message);
      settle();
    }
    assertThat(b.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  final void tellsTheSenderWhatCannotBeWrittenAndSendsItToNobody() {
    TestMember a = server.connect("a", null);
    server.connect("b", null);
    assertThatThrownBy(() -> server.sendToAll("m", TextProtocol.UNWRITABLE))
        .isInstanceOf(SerializationException.class);
    server.sendToAll("next");
    settle();
    assertThat(a.received()).containsExactly("t:next[]");
  }

  @Test
  final void passesOnWhatAClientAnswers() {
    TestMember a = server.connect("a", null);
    TestMember b = server.connect("b", null);
    CompletableFuture<@Nullable Object> ofA = server.ask("a", "age");
    CompletableFuture<@Nullable Object> ofB = server.ask("b", "age");
    settle();
    assertThat(server.answer(b, "=2")).isTrue();
    assertThat(server.answer(a, "=1")).isTrue();
    settle();
    assertThat(ofA).isCompletedWithValue(1);
    assertThat(ofB).isCompletedWithValue(2);
    assertThat(server.answer(a, "=3")).as("a second answer").isFalse();
  }

  @Test
  final void tellsWhoAsksOfAClientThatFails() {
    TestMember a = server.connect("a", null);
    for (var answer :
        Map.of(
                "!no idea",
                "no idea",
                "=old",
                "Error trying to deserialize result.",
                "",
                "Exception of type 'Microsoft.AspNetCore.SignalR.HubException' was thrown.")
            .entrySet()) {
      CompletableFuture<@Nullable Object> result = server.ask("a", "age");
      settle();
      server.answer(a, answer.getKey());
      settle();
      assertThat(result)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(HubException.class)
          .withMessage(answer.getValue());
    }
  }

  @Test
  final void asksNobodyIfTheConnectionIsUnknown() {
    CompletableFuture<@Nullable Object> result = server.ask("1234", "age");
    settle();
    assertUnreachable(result, "Connection '1234' does not exist.");
  }

  @Test
  final void givesUpAClientThatLeavesWithoutAnAnswer() {
    TestMember a = server.connect("a", null);
    CompletableFuture<@Nullable Object> result = server.ask("a", "age");
    settle();
    server.disconnect(a);
    settle();
    assertUnreachable(result, "Connection 'a' disconnected.");
  }

  @Test
  final void refusesAnAnswerOfAnotherConnection() {
    TestMember asked = server.connect("a", null);
    TestMember other = server.connect("b", null);
    CompletableFuture<@Nullable Object> result = server.ask("a", "age");
    settle();
    String id = TestServer.idOf(asked.received().getLast());
    assertThatThrownBy(() -> server.answer(other, id, "=1"))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Connection ID 'b' is not valid for invocation ID '" + id + "'.");
    server.answer(asked, "=2");
    settle();
    assertThat(result).isCompletedWithValue(2);
  }

  @Test
  final void forgetsACallThatNobodyWaitsForAnyMore() {
    TestMember a = server.connect("a", null);
    CompletableFuture<@Nullable Object> result = server.ask("a", "age");
    settle();
    result.cancel(false);
    settle();
    assertThat(server.answer(a, "=1")).isFalse();
  }

  @Test
  final void asksNobodyWhatCannotBeWritten() {
    TestMember a = server.connect("a", null);
    assertThatThrownBy(
            () ->
                server
                    .backplane()
                    .invoke(
                        "a", new ClientCall("m", List.of(TextProtocol.UNWRITABLE), Integer.class)))
        .isInstanceOf(SerializationException.class);
    settle();
    assertThat(a.received()).isEmpty();
  }

  @Test
  final void knowsTheConnectionsHereThatAnAddressMeans() {
    server.connect("a", "ada");
    server.connect("b", "bob");
    server.backplane().addToGroup("a", "room");
    settle();
    Map<Address, Set<String>> expected =
        Map.of(
            new Address.All(Set.of()), Set.of("a", "b"),
            new Address.All(Set.of("a")), Set.of("b"),
            new Address.Group("room", Set.of()), Set.of("a"),
            new Address.Groups(List.of("room", "room")), Set.of("a"),
            new Address.Users(Set.of("bob")), Set.of("b"),
            new Address.Connections(Set.of("a", "b")), Set.of("a", "b"));
    expected.forEach(
        (address, ids) -> {
          CompletableFuture<Set<String>> found = server.backplane().connectionIds(address);
          settle();
          assertThat(found).as("%s", address).isCompletedWithValue(ids);
        });
  }

  static void assertUnreachable(CompletableFuture<?> result, String message) {
    assertThat(result)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ClientUnreachableException.class)
        .withMessage(message);
  }
}
