package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.testing.TestMember;
import org.junit.jupiter.api.Test;

/** Whom each kind of address means. */
class AddressingTest extends RegistryFixture {

  @Test
  void reachesEveryoneButTheExcluded() {
    TestMember a = onLeft("a", null);
    TestMember b = onRight("b", null);
    TestMember c = onRight("c", null);
    sendAndRun(all(), "one");
    sendAndRun(all("b", "stranger"), "two");
    assertThat(a.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(b.received()).containsExactly("t:one[]");
    assertThat(c.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  void reachesConnectionsByIdAndIgnoresUnknownOnes() {
    TestMember a = onLeft("a", null);
    TestMember b = onRight("b", null);
    TestMember c = onRight("c", null);
    sendAndRun(connections("a", "c", "stranger"), "one");
    sendAndRun(connections("b"), "two");
    sendAndRun(connections("stranger", "a"), "three");
    sendAndRun(connections("stranger"), "four");
    sendAndRun(connections("A"), "five");
    sendAndRun(connections(), "six");
    assertThat(a.received()).containsExactly("t:one[]", "t:three[]");
    assertThat(b.received()).containsExactly("t:two[]");
    assertThat(c.received()).containsExactly("t:one[]");
  }

  @Test
  void reachesTheMembersOfAGroupButTheExcluded() {
    TestMember a = onLeft("a", null);
    TestMember b = onRight("b", null);
    TestMember c = onRight("c", null);
    registry.addToGroup("a", "room");
    registry.addToGroup("b", "room");
    registry.addToGroup("c", "Room");
    sendAndRun(group("room"), "one");
    sendAndRun(group("room", "a"), "two");
    sendAndRun(group("nowhere"), "three");
    assertThat(a.received()).containsExactly("t:one[]");
    assertThat(b.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(c.received()).isEmpty();
  }

  @Test
  void sendsAMemberOfSeveralGroupsOneCopyForEach() {
    TestMember a = onLeft("a", null);
    TestMember b = onRight("b", null);
    registry.addToGroup("a", "x");
    registry.addToGroup("a", "y");
    registry.addToGroup("b", "y");
    sendAndRun(groups("x", "nowhere", "y", "y"), "m");
    assertThat(a.received()).containsExactly("t:m[]", "t:m[]", "t:m[]");
    assertThat(b.received()).containsExactly("t:m[]", "t:m[]");
  }

  @Test
  void takesTheEmptyTextForAGroupName() {
    TestMember a = onLeft("a", null);
    registry.addToGroup("a", "");
    sendAndRun(group(""), "m");
    assertThat(a.received()).containsExactly("t:m[]");
  }

  @Test
  void reachesEveryConnectionOfAUserOnceComparedExactly() {
    TestMember phone = onLeft("a", "ada");
    TestMember laptop = onRight("b", "ada");
    TestMember other = onRight("c", "Ada");
    TestMember nobody = onRight("d", null);
    sendAndRun(users("ada"), "one");
    sendAndRun(users("ada", "Ada", "stranger"), "two");
    phone.removeFrom(registry);
    sendAndRun(users("ada"), "three");
    assertThat(phone.received()).containsExactly("t:one[]", "t:two[]");
    assertThat(laptop.received()).containsExactly("t:one[]", "t:two[]", "t:three[]");
    assertThat(other.received()).containsExactly("t:two[]");
    assertThat(nobody.received()).isEmpty();
  }

  @Test
  void takesAnEmptyUserIdentifierForNone() {
    TestMember a = onLeft("a", "");
    sendAndRun(users(""), "m");
    assertThat(a.received()).isEmpty();
  }
}
