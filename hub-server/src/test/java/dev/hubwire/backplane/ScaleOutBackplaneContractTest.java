package dev.hubwire.backplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.HubException;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TestServer;
import dev.hubwire.transport.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backplane has to do besides when it joins several servers. */
public abstract class ScaleOutBackplaneContractTest extends BackplaneContractTest {
  private TestServer here;
  private TestServer there;

  @BeforeEach
  final void startTwo() {
    here = new TestServer(this::join);
    there = new TestServer(this::join);
  }

  @AfterEach
  final void nothingStaysBorrowedOnEither() {
    settleBoth();
    here.assertNothingBorrowed();
    there.assertNothingBorrowed();
    here.close();
    there.close();
  }

  private void settleBoth() {
    awaitArrival();
    here.run();
    there.run();
  }

  @Test
  final void reachesEveryConnectionOfEveryServerButThoseThatLeft() {
    TestMember a = here.connect("a", null);
    TestMember b = there.connect("b", null);
    TestMember left = there.connect("c", null);
    there.disconnect(left);
    here.sendToAll("one");
    settleBoth();
    there.sendToAll("two");
    settleBoth();
    assertThat(a.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(b.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(left.received()).isEmpty();
  }

  @Test
  final void omitsExcludedConnectionsElsewhere() {
    TestMember a = here.connect("a", null);
    TestMember b = there.connect("b", null);
    here.send(new Address.All(Set.of("b")), "m");
    settleBoth();
    assertThat(a.received()).containsExactly("t:m[]");
    assertThat(b.received()).isEmpty();
  }

  @Test
  final void reachesAConnectionAGroupAndAUserThatAreElsewhere() {
    TestMember a = there.connect("a", "ada");
    there.backplane().addToGroup("a", "room");
    here.sendToConnections(Set.of("a"), "one");
    settleBoth();
    here.sendToGroup("room", "two");
    settleBoth();
    here.sendToUser("ada", "three");
    settleBoth();
    assertThat(a.received()).containsExactly("t:one[]", "t:two[]", "t:three[]");
  }

  @Test
  final void changesGroupsOfAConnectionElsewhereBeforeTheCallReturns() {
    TestMember a = there.connect("a", null);
    here.backplane().addToGroup("a", "room");
    here.backplane().addToGroup("a", "room");
    here.sendToGroup("room", "from here");
    settleBoth();
    there.sendToGroup("room", "from there");
    settleBoth();
    here.backplane().removeFromGroup("a", "room");
    here.sendToGroup("room", "too late");
    settleBoth();
    assertThat(a.received()).containsExactly("t:from here[]", "t:from there[]");
  }

  @Test
  final void ignoresTheRemovalOfWhoIsNoMemberElsewhere() {
    there.connect("a", null);
    assertThatCode(() -> here.backplane().removeFromGroup("a", "room")).doesNotThrowAnyException();
  }

  @Test
  final void takesAMemberThatDisconnectedElsewhereOutOfItsGroups() {
    TestMember first = there.connect("a", null);
    here.backplane().addToGroup("a", "room");
    settleBoth();
    there.disconnect(first);
    TestMember second = there.connect("a", null);
    here.sendToGroup("room", "m");
    settleBoth();
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).isEmpty();
  }

  @Test
  final void sendsNowhereElseWhatIsForAConnectionThatIsHere() {
    TestMember a = here.connect("a", null);
    TestMember sameId = there.connect("a", null);
    here.sendToConnections(Set.of("a"), "m");
    settleBoth();
    assertThat(a.received()).containsExactly("t:m[]");
    assertThat(sameId.received()).isEmpty();
  }

  @Test
  final void reachesEveryConnectionOfAUserOnEveryServerAlsoAfterOneLeft() {
    TestMember a = here.connect("a", "ada");
    TestMember b = there.connect("b", "ada");
    TestMember c = there.connect("c", "ada");
    here.sendToUser("ada", "one");
    settleBoth();
    there.disconnect(b);
    here.sendToUser("ada", "two");
    settleBoth();
    assertThat(a.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(b.received()).containsExactly("t:one[]");
    assertThat(c.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  final void doesNotTellTheSenderOfAConnectionThatFailsElsewhere() {
    TestMember broken = there.connect("a", null);
    TestMember b = there.connect("b", null);
    broken.connection().answer(SendResult.CLOSED);
    there.backplane().addToGroup("a", "room");
    there.backplane().addToGroup("b", "room");
    for (String message : List.of("one", "two")) {
      assertThatCode(() -> here.sendToGroup("room", message)).doesNotThrowAnyException();
      settleBoth();
    }
    assertThat(b.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  final void passesOnWhatAClientElsewhereAnswers() {
    TestMember a = there.connect("a", null);
    CompletableFuture<@Nullable Object> result = here.ask("a", "age");
    settleBoth();
    assertThat(there.answer(a, "=7")).isTrue();
    settleBoth();
    assertThat(result).isCompletedWithValue(7);
    assertThat(there.answer(a, "=8")).as("a second answer").isFalse();
  }

  @Test
  final void tellsWhoAsksOfAClientElsewhereThatFails() {
    TestMember a = there.connect("a", null);
    for (var answer :
        Map.of("!no idea", "no idea", "=old", "Error trying to deserialize result.").entrySet()) {
      CompletableFuture<@Nullable Object> result = here.ask("a", "age");
      settleBoth();
      there.answer(a, answer.getKey());
      settleBoth();
      assertFailure(result, answer.getValue());
    }
  }

  @Test
  final void givesUpAClientElsewhereThatLeavesWithoutAnAnswer() {
    TestMember a = there.connect("a", null);
    CompletableFuture<@Nullable Object> result = here.ask("a", "age");
    settleBoth();
    there.disconnect(a);
    settleBoth();
    assertFailure(result, "Connection disconnected.");
  }

  @Test
  final void refusesAnAnswerOfAnotherConnectionElsewhere() {
    TestMember asked = there.connect("a", null);
    TestMember other = there.connect("b", null);
    CompletableFuture<@Nullable Object> result = here.ask("a", "age");
    settleBoth();
    String id = TestServer.idOf(asked.received().getLast());
    assertThatThrownBy(() -> there.answer(other, id, "=1"))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Connection ID 'b' is not valid for invocation ID '" + id + "'.");
    there.answer(asked, "=2");
    settleBoth();
    assertThat(result).isCompletedWithValue(2);
  }

  @Test
  final void asksUnderIdsThatNoOtherServerUses() {
    TestMember a = here.connect("a", null);
    List<CompletableFuture<@Nullable Object>> asked =
        List.of(here.ask("a", "age"), there.ask("a", "age"));
    settleBoth();
    assertThat(a.received()).hasSize(2).doesNotHaveDuplicates();
    asked.forEach(result -> result.cancel(false));
    here.disconnect(a);
  }

  @Test
  final void asksNobodyIfNoServerKnowsTheConnection() {
    CompletableFuture<@Nullable Object> result = here.ask("1234", "age");
    settleBoth();
    assertUnreachable(result, "Connection '1234' does not exist.");
  }

  @Test
  final void ignoresTheLateAnswerOfAClientElsewhere() {
    TestMember a = there.connect("a", null);
    CompletableFuture<@Nullable Object> result = here.ask("a", "age");
    settleBoth();
    result.cancel(false);
    settleBoth();
    assertThatCode(() -> there.answer(a, "=1")).doesNotThrowAnyException();
  }

  private static void assertFailure(CompletableFuture<?> result, String message) {
    assertThat(result)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(HubException.class)
        .withMessage(message);
  }
}
