package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TextProtocol;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom. A test of somebody who must not wait would hang if they did. */
@Timeout(30)
class BackPressureTest extends RegistryFixture {

  @Test
  void waitsForAReceiverThatIsCongested() throws Exception {
    TestMember slow = onLeft("slow", null);
    congestWithABroadcast(slow);
    CompletableFuture<Void> sender = inBackground(() -> send(all(), "two"));
    slow.connection().awaitWaiter();
    assertThat(sender).isNotDone();
    assertThat(left.waiting()).isZero();
    slow.connection().relieve();
    sender.join();
    runLanes();
    assertThat(slow.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  void waitsForEveryKindOfAddressThatMeansTheReceiver() throws Exception {
    for (var address : List.of(all("b"), connections("a"), group("g"), groups("g"), users("u"))) {
      TestMember slow = onLeft("a", "u");
      registry.addToGroup("a", "g");
      congestWithABroadcast(slow);
      CompletableFuture<Void> sender = inBackground(() -> send(address, "two"));
      slow.connection().awaitWaiter();
      slow.connection().relieve();
      sender.join();
      runLanes();
      assertThat(slow.received()).as("%s", address).containsExactly("t:one[]", "t:two[]");
      slow.removeFrom(registry);
    }
  }

  @Test
  void waitsForNobodyWhomTheAddressDoesNotMean() {
    TestMember slow = onLeft("slow", "u");
    TestMember other = onRight("other", "v");
    registry.addToGroup("slow", "g");
    registry.addToGroup("other", "h");
    congestWithABroadcast(slow);
    for (var address :
        List.of(all("slow"), connections("other"), group("h"), groups("h"), users("v"))) {
      sendAndRun(address, "two");
    }
    sendAndRun(group("g", "slow"), "three");
    assertThat(other.received()).hasSize(6);
    assertThat(slow.received()).containsExactly("t:one[]");
    slow.connection().relieve();
  }

  @Test
  void waitsAfterAMessageForOneAsAfterAMessageForMany() throws Exception {
    TestMember slow = onLeft("slow", null);
    slow.connection().congest();
    send(connections("slow"), "one");
    CompletableFuture<Void> sender = inBackground(() -> send(connections("slow"), "two"));
    slow.connection().awaitWaiter();
    slow.connection().relieve();
    sender.join();
    runLanes();
    assertThat(slow.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  void neverWaitsOnALane() {
    TestMember slow = onLeft("slow", null);
    congestWithABroadcast(slow);
    left.call(() -> send(all(), "two"));
    right.call(() -> slow.connection().relieve());
    runLanes();
    assertThat(slow.received()).containsExactly("t:one[]", "t:two[]");
  }

  @Test
  void neverWaitsOnALaneThatOnlyAnotherHubHasMembersOn() {
    TestMember slow = onLeft("slow", null);
    congestWithABroadcast(slow);
    HubRegistry otherHub = new HubRegistry(lanes, pool);
    TestMember.of("x", null, protocol, right).addTo(otherHub);
    right.call(() -> send(all(), "two"));
    runLanes();
    assertThat(slow.received()).containsExactly("t:one[]", "t:two[]");
    slow.connection().relieve();
  }

  @Test
  void forgetsWhoHasRoomAgainOrIsGone() {
    TestMember recovered = onLeft("recovered", null);
    TestMember gone = onRight("gone", null);
    congestWithABroadcast(recovered);
    recovered.connection().relieve();
    congestWithABroadcast(gone);
    gone.removeFrom(registry);
    sendAndRun(all(), "three");
    assertThat(recovered.received()).containsExactly("t:one[]", "t:one[]", "t:three[]");
    recovered.removeFrom(registry);
    assertThat(registry.isEmpty()).isTrue();
  }

  @Test
  void endsTheWaitWithAnInterruptAndSendsNothing() throws Exception {
    TestMember slow = onLeft("slow", null);
    congestWithABroadcast(slow);
    CompletableFuture<Boolean> interruptKept = new CompletableFuture<>();
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  assertThatThrownBy(() -> send(all(), "two"))
                      .isInstanceOf(CancellationException.class)
                      .hasMessage("interrupted while waiting to send: nothing was sent");
                  interruptKept.complete(Thread.currentThread().isInterrupted());
                });
    slow.connection().awaitWaiter();
    sender.interrupt();
    assertThat(interruptKept.join()).isTrue();
    slow.connection().relieve();
    runLanes();
    assertThat(slow.received()).containsExactly("t:one[]");
  }

  @Test
  void waitsWhileTheLanesHaveTooManyMessagesToTake() {
    TestMember a = onLeft("a", null);
    for (int i = 0; i < HubRegistry.MAX_UNFINISHED_FAN_OUTS; i++) {
      send(all(), "early");
    }
    Thread sender = Thread.ofPlatform().start(() -> send(all(), "late"));
    awaitParked(sender);
    assertThat(left.waiting()).isEqualTo(HubRegistry.MAX_UNFINISHED_FAN_OUTS);
    left.runOne();
    join(sender);
    runLanes();
    assertThat(a.received()).hasSize(HubRegistry.MAX_UNFINISHED_FAN_OUTS + 1).endsWith("t:late[]");
  }

  @Test
  void waitsWhileTheLanesHaveTooManyGroupChangesToMake() {
    TestMember a = onLeft("a", null);
    for (int i = 0; i < HubRegistry.MAX_UNFINISHED_GROUP_CHANGES; i++) {
      registry.addToGroup("a", "g");
    }
    Thread changer = Thread.ofPlatform().start(() -> registry.addToGroup("a", "h"));
    awaitParked(changer);
    left.runOne();
    join(changer);
    sendAndRun(groups("g", "h"), "m");
    assertThat(a.received()).hasSize(2);
  }

  @Test
  void countsNothingAgainstALane() {
    TestMember a = onLeft("a", null);
    int many = HubRegistry.MAX_UNFINISHED_FAN_OUTS * 3;
    left.call(
        () -> {
          for (int i = 0; i < many; i++) {
            send(all(), "m");
          }
        });
    runLanes();
    assertThat(a.received()).hasSize(many);
  }

  @Test
  void countsNoMessageThatCouldNotBeWritten() {
    TestMember a = onLeft("a", null);
    HubMessage.Invocation unwritable =
        HubMessage.Invocation.send("m", List.of(TextProtocol.UNWRITABLE));
    for (int i = 0; i < HubRegistry.MAX_UNFINISHED_FAN_OUTS + 1; i++) {
      assertThatThrownBy(() -> registry.deliver(all(), unwritable)).isNotNull();
    }
    sendAndRun(all(), "m");
    assertThat(a.received()).containsExactly("t:m[]");
  }

  private void congestWithABroadcast(TestMember member) {
    member.connection().congest();
    left.call(() -> send(all(), "one"));
    runLanes();
  }

  private static CompletableFuture<Void> inBackground(Runnable action) {
    return CompletableFuture.runAsync(action, task -> Thread.ofVirtual().start(task));
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("waits").isTrue();
      Thread.onSpinWait();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
