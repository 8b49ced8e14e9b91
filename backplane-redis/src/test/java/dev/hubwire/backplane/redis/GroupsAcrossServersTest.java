package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.backplane.BackplaneException;
import dev.hubwire.backplane.redis.RedisMessage.GroupCommand;
import dev.hubwire.backplane.redis.Sniffer.Heard;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupsAcrossServersTest {
  private static final RedisServer REDIS = RedisServer.start();

  private final Farm farm =
      new Farm(REDIS, settings -> settings.ackTimeout(Duration.ofMillis(100)));
  private final TestServer here = new TestServer(farm::join);
  private final TestServer there = new TestServer(farm::join);
  private final Sniffer stranger = new Sniffer(REDIS);

  @AfterEach
  void leave() {
    here.close();
    there.close();
    stranger.close();
  }

  @AfterAll
  static void stopRedis() {
    REDIS.close();
  }

  @Test
  void failsWhenNobodyHoldsTheConnection() {
    assertThatThrownBy(() -> here.backplane().addToGroup("stranger", "room"))
        .isInstanceOf(BackplaneException.class)
        .hasMessage(
            "the change of group room for connection stranger failed: no server holds the"
                + " connection, or the one that does has not answered in PT0.1S");
    assertThat(farm.server(0).state().acks().size()).isZero();
  }

  @Test
  void acknowledgesAnActionThatItDoesNotKnow() {
    TestMember a = there.connect("a", null);
    publish(new GroupCommand(7, "elsewhere", 9, "room", "a"));
    farm.awaitArrival();
    assertThat(stranger.heard()).contains(new Heard("Demo.ChatHub:internal:ack:elsewhere", "9107"));
    here.sendToGroup("room", "m");
    settle();
    assertThat(a.received()).isEmpty();
  }

  @Test
  void saysNothingOfConnectionsThatAreNotHere() {
    publish(new GroupCommand(7, "elsewhere", GroupCommand.ADD, "room", "stranger"));
    farm.awaitArrival();
    assertThat(stranger.heard()).noneMatch(heard -> heard.channel().endsWith("ack:elsewhere"));
  }

  @Test
  void goesOnAfterMessagesThatNobodyUnderstands() {
    TestMember a = here.connect("a", "ada");
    for (String channel : stranger.channels()) {
      stranger.publish(channel, new byte[] {(byte) 0xc1});
      stranger.publish(channel, new byte[0]);
    }
    there.sendToAll("m");
    settle();
    assertThat(a.received()).containsExactly("t:m[]");
  }

  @Test
  void cutsOffAClientWhoseProtocolAMessageLacks() {
    TestMember a = here.connect("a", null);
    stranger.publish(
        "Demo.ChatHub:all",
        RedisCodec.write(new RedisMessage.Invocation(List.of(), Map.of(), null)));
    settle();
    here.sendToAll("later");
    settle();
    assertThat(a.received()).as("of a connection that was aborted").isEmpty();
  }

  @Test
  void takesNamesWithPatternCharactersAsTheyAre() {
    TestMember a = here.connect("a", "u*");
    here.backplane().addToGroup("a", "[x]?*");
    there.sendToGroup("[x]?*", "group");
    there.sendToGroup("x", "other group");
    there.sendToUser("u*", "user");
    there.sendToUser("u1", "other user");
    settle();
    assertThat(a.received()).containsExactlyInAnyOrder("t:group[]", "t:user[]");
  }

  @Test
  void doesNotWaitOnALane() {
    there.connect("a", null);
    ManualLane lane = (ManualLane) here.connect("b", null).connection().lane();
    assertThatCode(
            () ->
                lane.call(
                    () -> {
                      here.backplane().addToGroup("stranger", "room");
                      here.sendToAll("m");
                    }))
        .doesNotThrowAnyException();
  }

  /** Whatever comes and goes at once: Redis is asked for what is wanted in the end, and no more. */
  @Test
  void listensToWhatHasMembersAfterMuchComingAndGoing() {
    List<TestMember> members = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      members.add(here.connect("m" + i, i % 2 == 0 ? "even" : null));
    }
    CompletableFuture<?>[] workers = new CompletableFuture<?>[4];
    for (int worker = 0; worker < workers.length; worker++) {
      Random random = new Random(worker);
      workers[worker] =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 200; i++) {
                  String id = "m" + random.nextInt(8);
                  String group = "g" + random.nextInt(3);
                  if (random.nextBoolean()) {
                    here.backplane().addToGroup(id, group);
                  } else {
                    here.backplane().removeFromGroup(id, group);
                  }
                }
              },
              Thread::startVirtualThread);
    }
    CompletableFuture.allOf(workers).join();
    here.run();
    for (int group = 0; group < 3; group++) {
      here.backplane().removeFromGroup("m0", "g" + group);
      for (int i = 1; i < 8; i++) {
        here.backplane().removeFromGroup("m" + i, "g" + group);
      }
    }
    here.backplane().addToGroup("m3", "g1");
    settle();
    here.sendToGroup("g1", "one");
    settle();
    assertThat(members.get(3).received()).containsExactly("t:one[]");
    assertThat(stranger.channels())
        .filteredOn(channel -> channel.contains(":group:"))
        .containsExactly("Demo.ChatHub:group:g1");
    members.forEach(here::disconnect);
    settle();
    assertThat(stranger.channels()).allMatch(c -> c.endsWith(":all") || c.contains(":internal:"));
    assertThat(farm.server(0).subscriptions().size()).isEqualTo(4);
  }

  private void publish(RedisMessage message) {
    stranger.publish("Demo.ChatHub:internal:groups", RedisCodec.write(message));
  }

  private void settle() {
    farm.awaitArrival();
    here.run();
    there.run();
  }
}
