package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.Address;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TextProtocol;
import dev.hubwire.testing.ThreadLane;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What must hold however the threads of senders and lanes interleave. */
@Timeout(60)
class RegistryThreadsTest {
  private static final int SENDERS = 4;
  private static final int MESSAGES = 500;

  private final BufferPool pool = new BufferPool();
  private final HubRegistry registry = new HubRegistry(new Lanes(), pool);
  private final TextProtocol protocol = new TextProtocol("t");

  @Test
  void everyMemberReceivesEverySendersMessagesInTheirOrder() {
    List<TestMember> members = new ArrayList<>();
    try (ThreadLane left = new ThreadLane();
        ThreadLane right = new ThreadLane()) {
      for (int i = 0; i < 8; i++) {
        members.add(connect("m" + i, i % 2 == 0 ? left : right));
      }
      CompletableFuture<Void> churn = inBackground(() -> churn(left));
      senders(this::sendToEveryone);
      churn.join();
    }
    for (TestMember member : members) {
      for (int sender = 0; sender < SENDERS; sender++) {
        assertThat(from(sender, member.received())).isEqualTo(expected(sender));
      }
    }
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void aMemberOfAGroupReceivesWhatIsSentBetweenJoiningAndLeavingAndNothingElse() {
    TestMember member;
    try (ThreadLane lane = new ThreadLane()) {
      member = connect("m", lane);
      senders(
          sender -> {
            String group = "g" + sender;
            for (int i = 0; i < MESSAGES; i++) {
              send(new Address.Group(group, Set.of()), sender, -1);
              registry.addToGroup("m", group);
              send(new Address.Group(group, Set.of()), sender, i);
              registry.removeFromGroup("m", group);
            }
          });
    }
    for (int sender = 0; sender < SENDERS; sender++) {
      assertThat(from(sender, member.received())).isEqualTo(expected(sender));
    }
    assertThat(pool.outstanding()).isZero();
  }

  /** A sender that uses every way in turn, none of which may overtake another. */
  private void sendToEveryone(int sender) {
    Set<String> ids = Set.copyOf(IntStream.range(0, 8).mapToObj(i -> "m" + i).toList());
    for (int i = 0; i < MESSAGES; i++) {
      int message = i;
      switch (i % 3) {
        case 0 -> send(new Address.All(Set.of()), sender, message);
        case 1 -> send(new Address.Connections(ids), sender, message);
        default -> ids.forEach(id -> send(new Address.Connections(Set.of(id)), sender, message));
      }
    }
  }

  private void churn(ThreadLane lane) {
    for (int i = 0; i < 200; i++) {
      TestMember guest = connect("guest", lane);
      registry.addToGroup("guest", "room");
      lane.call(() -> registry.remove(guest));
    }
  }

  private TestMember connect(String id, ThreadLane lane) {
    TestMember member = TestMember.of(id, null, protocol, lane);
    lane.call(() -> registry.add(member));
    return member;
  }

  private void send(Address address, int sender, int message) {
    registry.deliver(address, HubMessage.Invocation.send("s" + sender, List.of(message)));
  }

  private static void senders(IntConsumer sender) {
    CompletableFuture.allOf(
            IntStream.range(0, SENDERS)
                .mapToObj(i -> inBackground(() -> sender.accept(i)))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static CompletableFuture<Void> inBackground(Runnable action) {
    return CompletableFuture.runAsync(action, task -> Thread.ofVirtual().start(task));
  }

  private static List<String> from(int sender, List<String> received) {
    return received.stream().filter(message -> message.startsWith("t:s" + sender)).toList();
  }

  private static List<String> expected(int sender) {
    return IntStream.range(0, MESSAGES).mapToObj(i -> "t:s" + sender + "[" + i + "]").toList();
  }
}
