package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.testing.RecordingConnection;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TextProtocol;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SendResult;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class HubRegistryTest extends RegistryFixture {

  @Test
  void countsAMemberOfAGroupOnceHoweverOftenItJoins() {
    TestMember a = onLeft("a", null);
    registry.addToGroup("a", "room");
    registry.addToGroup("a", "room");
    sendAndRun(group("room"), "one");
    registry.removeFromGroup("a", "room");
    sendAndRun(group("room"), "two");
    registry.removeFromGroup("a", "room");
    registry.addToGroup("a", "room");
    sendAndRun(group("room"), "three");
    assertThat(a.received()).containsExactly("t:one[]", "t:three[]");
  }

  @Test
  void saysWhetherTheConnectionOfAGroupChangeIsHere() {
    TestMember a = onLeft("a", null);
    assertThat(registry.addToGroup("a", "room")).isTrue();
    assertThat(registry.addToGroup("stranger", "room")).isFalse();
    assertThat(registry.removeFromGroup("a", "elsewhere")).isTrue();
    assertThat(registry.removeFromGroup("stranger", "room")).isFalse();
    sendAndRun(group("room"), "m");
    assertThat(a.received()).containsExactly("t:m[]");
  }

  @Test
  void keepsTheOrderInWhichOneThreadSendsAndChangesGroups() {
    TestMember a = onLeft("a", null);
    send(group("room"), "before");
    registry.addToGroup("a", "room");
    send(group("room"), "inside");
    send(connections("a"), "direct");
    send(all(), "broadcast");
    send(connections("a"), "direct again");
    registry.removeFromGroup("a", "room");
    send(group("room"), "after");
    assertThat(a.received()).isEmpty();
    runLanes();
    assertThat(a.received())
        .containsExactly("t:inside[]", "t:direct[]", "t:broadcast[]", "t:direct again[]");
  }

  @Test
  void keepsTheOrderAlsoOnTheLanesOwnThread() {
    TestMember a = onLeft("a", null);
    send(connections("a"), "from elsewhere");
    left.call(
        () -> {
          send(all(), "one");
          send(connections("a"), "two");
          assertThat(a.received()).isEmpty();
        });
    runLanes();
    assertThat(a.received()).containsExactly("t:from elsewhere[]", "t:one[]", "t:two[]");
  }

  @Test
  void leavesNothingOfAMemberThatIsGone() {
    TestMember a = onLeft("a", "ada");
    registry.addToGroup("a", "room");
    runLanes();
    send(all(), "on its way");
    registry.addToGroup("a", "too late");
    a.removeFrom(registry);
    TestMember witness = onLeft("b", null);
    sendAndRun(all(), "m");
    sendAndRun(group("room"), "m");
    sendAndRun(group("too late"), "m");
    sendAndRun(users("ada"), "m");
    sendAndRun(connections("a"), "m");
    assertThat(a.received()).isEmpty();
    assertThat(witness.received()).containsExactly("t:on its way[]", "t:m[]");
    assertThat(registry.size()).isEqualTo(1);
    assertThat(registry.find("a")).isNull();
  }

  @Test
  void startsWithoutGroupsWhenAnIdComesBack() {
    TestMember first = onRight("a", null);
    registry.addToGroup("a", "room");
    runLanes();
    first.removeFrom(registry);
    TestMember second = onLeft("a", null);
    sendAndRun(group("room"), "m");
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).isEmpty();
    assertThat(registry.find("a")).isSameAs(second);
  }

  @Test
  void removesOnlyTheMemberThatWasAdded() {
    TestMember a = onLeft("a", null);
    TestMember.of("a", null, protocol, left).removeFrom(registry);
    assertThat(registry.find("a")).isSameAs(a);
    a.removeFrom(registry);
    a.removeFrom(registry);
    assertThat(registry.size()).isZero();
  }

  @Test
  void refusesAnIdThatIsTakenAndTheWrongThread() {
    TestMember a = onLeft("a", null);
    assertThatThrownBy(() -> onRight("a", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a is registered already");
    assertThatThrownBy(() -> registry.remove(a))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("called off the lane of the connection");
  }

  @Test
  void writesAMessageOnceInEachProtocolThatMembersSpeak() {
    TextProtocol other = new TextProtocol("o");
    TextProtocol unused = new TextProtocol("u");
    TestMember a = onLeft("a", null);
    TestMember b = onRight("b", null);
    TestMember c = TestMember.of("c", null, other, right).addTo(registry);
    TestMember.of("d", null, unused, right).addTo(registry).removeFrom(registry);
    sendAndRun(all(), "m");
    assertThat(List.of(a.received(), b.received(), c.received()))
        .containsExactly(List.of("t:m[]"), List.of("t:m[]"), List.of("o:m[]"));
    assertThat(List.of(protocol.written(), other.written(), unused.written()))
        .containsExactly(1, 1, 0);
    sendAndRun(connections("a", "b"), "m");
    assertThat(List.of(protocol.written(), other.written())).containsExactly(2, 1);
  }

  @Test
  void passesOverWhoCameLaterWithAProtocolNobodySpoke() {
    TestMember a = onLeft("a", null);
    send(all(), "m");
    TestMember late = TestMember.of("b", null, new TextProtocol("o"), left).addTo(registry);
    runLanes();
    assertThat(a.received()).containsExactly("t:m[]");
    assertThat(late.received()).isEmpty();
  }

  @Test
  void sharesOneBufferAmongManyAndBorrowsNoneForOne() {
    onLeft("a", null);
    onRight("b", null);
    send(all(), "m");
    assertThat(pool.outstanding()).isEqualTo(1);
    left.runAll();
    assertThat(pool.outstanding()).isEqualTo(1);
    right.runAll();
    assertThat(pool.outstanding()).isZero();
    send(connections("a", "stranger"), "m");
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void asksNoLaneWithoutMembers() {
    onLeft("a", null);
    onRight("b", null).removeFrom(registry);
    send(all(), "m");
    assertThat(left.waiting()).isEqualTo(1);
    assertThat(right.waiting()).isZero();
  }

  @Test
  void sendsToNobodyWhatOneProtocolCannotWrite() {
    TestMember a = onLeft("a", null);
    TestMember b = onRight("b", null);
    HubMessage.Invocation message =
        HubMessage.Invocation.send("m", List.of(TextProtocol.UNWRITABLE));
    assertThatThrownBy(() -> registry.deliver(all(), message))
        .isInstanceOf(SerializationException.class);
    assertThatThrownBy(() -> registry.deliver(connections("a"), message))
        .isInstanceOf(SerializationException.class);
    runLanes();
    assertThat(a.received()).isEmpty();
    assertThat(b.received()).isEmpty();
  }

  @Test
  void reachesTheOthersWhenOneConnectionIsOverOrFails() {
    TestMember a = onLeft("a", null);
    TestMember broken = onLeft("b", null);
    TestMember c = onLeft("c", null);
    broken.connection().answer(SendResult.CLOSED);
    sendAndRun(all(), "one");
    broken.connection().failOnDelivery();
    sendAndRun(all(), "two");
    assertThat(a.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(c.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  void letsAMemberLeaveWhileAMessageIsDelivered() {
    List<TestMember> members = List.of(onLeft("a", null), onLeft("b", null), onLeft("c", null));
    members.forEach(member -> registry.addToGroup(member.connectionId(), "room"));
    runLanes();
    members.forEach(member -> member.connection().onDelivery(() -> registry.remove(member)));
    sendAndRun(groups("room"), "m");
    assertThat(members).allSatisfy(m -> assertThat(m.received()).containsExactly("t:m[]"));
    assertThat(registry.size()).isZero();
  }

  @Test
  void givesTheMessageBackWhenALaneTakesNoMoreWork() {
    TestMember a = onLeft("a", null);
    ClosedLane closed = new ClosedLane();
    closed.call(
        () ->
            registry.add(
                new TestMember("b", null, protocol, new RecordingConnection("b", closed))));
    sendAndRun(all(), "m");
    assertThat(registry.addToGroup("b", "room")).isTrue();
    assertThat(a.received()).containsExactly("t:m[]");
  }

  /** A lane whose thread has ended. */
  private static final class ClosedLane implements Lane {
    private final ManualLane thread = new ManualLane();

    void call(Runnable task) {
      thread.call(task);
    }

    @Override
    public void execute(Runnable task) {
      throw new RejectedExecutionException("by design");
    }

    @Override
    public boolean isCurrent() {
      return thread.isCurrent();
    }
  }
}
