package dev.hubwire.backplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.protocol.SerializationException;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TestServer;
import dev.hubwire.testing.TextProtocol;
import dev.hubwire.transport.SendResult;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backplane has to do for a server, be it alone or not. */
public abstract class BackplaneContractTest {
  private TestServer server;

  /** Makes the backplane of one more server. */
  protected abstract Backplane join(LocalDelivery local);

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
}
