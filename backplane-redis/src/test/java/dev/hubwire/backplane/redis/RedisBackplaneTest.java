package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.backplane.BackplaneException;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TestServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RedisBackplaneTest {
  @Test
  void complainsAboutSettingsThatMakeNoSense() {
    RedisBackplane.Builder builder = RedisBackplane.builder();
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout: PT0S (expected: > 0)");
    assertThatThrownBy(() -> builder.ackTimeout(Duration.ofSeconds(-1)))
        .hasMessage("ackTimeout: PT-1S (expected: > 0)");
    assertThatThrownBy(() -> builder.hubName(String.class, ""))
        .hasMessage("hubName of java.lang.String: empty (expected: the full name of a type)");
    assertThatThrownBy(() -> builder.uri("http://example.com"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesNestedHubsAsDotNetDoes() throws Exception {
    try (RedisServer redis = RedisServer.start();
        Sniffer stranger = new Sniffer(redis);
        TestServer server = new TestServer(RedisBackplane.at(redis.uri()))) {
      server.sendToAll("m");
      assertThat(stranger.channels())
          .hasSize(4)
          .allMatch(name -> name.startsWith("dev.hubwire.testing.TestServer+TestHub:"))
          .anyMatch(Pattern.compile(".*:internal:ack:.+_[0-9a-f]{32}").asMatchPredicate());
    }
  }

  @Test
  void speaksToARedisThatAsksForAPassword() throws Exception {
    try (RedisServer redis = RedisServer.start("--requirepass", "open sesame")) {
      BlockingQueue<Boolean> health = new LinkedBlockingQueue<>();
      RedisBackplane backplane =
          RedisBackplane.builder()
              .uri(redis.uri())
              .credentials(null, "open sesame")
              .healthListener((hub, healthy) -> health.add(healthy))
              .build();
      try (TestServer server = new TestServer(backplane)) {
        assertThat(health.poll(10, TimeUnit.SECONDS)).isTrue();
        assertThat(backplane.isHealthy()).isTrue();
        assertThat(server.backplane().toString()).doesNotContain("sesame");
      }
      assertThat(backplane.isHealthy()).as("without hubs").isTrue();
    }
  }

  @Test
  void isUnhealthyWithoutThePassword() {
    try (RedisServer redis = RedisServer.start("--requirepass", "open sesame")) {
      RedisBackplane backplane = RedisBackplane.at(redis.uri());
      try (TestServer server = new TestServer(backplane)) {
        assertThat(backplane.isHealthy()).isFalse();
        TestMember a = server.connect("a", null);
        assertThatThrownBy(() -> server.sendToAll("m"))
            .isInstanceOf(BackplaneException.class)
            .hasMessageContaining("Redis is away");
        server.run();
        assertThat(a.received()).containsExactly("t:m[]");
        assertThatThrownBy(() -> server.sendToConnections(Set.of("elsewhere"), "m"))
            .isInstanceOf(BackplaneException.class);
        assertThatThrownBy(() -> server.backplane().addToGroup("elsewhere", "room"))
            .isInstanceOf(BackplaneException.class);
      }
    }
  }

  @Test
  void usesTheNextAddressWhenOneCannotBeReached() {
    try (RedisServer redis = RedisServer.start()) {
      BlockingQueue<Boolean> health = new LinkedBlockingQueue<>();
      RedisBackplane backplane =
          RedisBackplane.builder()
              .uri("redis://127.0.0.1:" + RedisServer.freePort())
              .uri(redis.uri())
              .healthListener((hub, healthy) -> health.add(healthy))
              .build();
      try (TestServer server = new TestServer(backplane)) {
        assertThat(health.poll(10, TimeUnit.SECONDS)).isTrue();
        assertThatCode(() -> server.sendToAll("m")).doesNotThrowAnyException();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The nodes of a cluster hand on to each other what is published. */
  @Test
  void joinsServersOnDifferentNodesOfACluster() throws Exception {
    try (RedisServer one = clusterNode();
        RedisServer other = clusterNode()) {
      one.command("CLUSTER MEET 127.0.0.1 " + other.port() + " " + other.option("--cluster-port"));
      try (TestServer here = new TestServer(RedisBackplane.at(one.uri()));
          TestServer there = new TestServer(RedisBackplane.at(other.uri()))) {
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        TestMember a = there.connect("a", null);
        for (int attempt = 0; arrived.isEmpty() && attempt < 100; attempt++) {
          here.sendToConnections(Set.of("a"), "m");
          there.awaitTask(Duration.ofMillis(100));
          arrived.addAll(a.received());
        }
        assertThat(arrived).isNotEmpty().containsOnly("t:m[]");
        var answer = here.ask("a", "age");
        assertThat(answer).as("not refused because of what one node knows").isNotDone();
      }
    }
  }

  @Test
  void followsTheSentinelsToANewMaster() throws Exception {
    try (RedisServer master = RedisServer.start();
        RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + master.port());
        RedisServer sentinel = RedisServer.sentinel(master)) {
      assertThat(replica.command("PING")).isEqualTo("+PONG");
      BlockingQueue<Boolean> health = new LinkedBlockingQueue<>();
      RedisBackplane backplane =
          RedisBackplane.builder()
              .uri("redis-sentinel://127.0.0.1:" + sentinel.port() + "#mymaster")
              .healthListener((hub, healthy) -> health.add(healthy))
              .build();
      try (TestServer server = new TestServer(backplane)) {
        assertThat(health.poll(10, TimeUnit.SECONDS)).isTrue();
        master.kill();
        assertThat(health.poll(10, TimeUnit.SECONDS)).isFalse();
        assertThat(health.poll(30, TimeUnit.SECONDS)).isTrue();
        TestMember a = server.connect("a", null);
        server.sendToAll("m");
        server.awaitTask(Duration.ofSeconds(10));
        assertThat(a.received()).containsExactly("t:m[]");
      }
    }
  }

  private static RedisServer clusterNode() {
    return RedisServer.start(
        "--cluster-enabled", "yes", "--cluster-port", Integer.toString(RedisServer.freePort()));
  }
}
