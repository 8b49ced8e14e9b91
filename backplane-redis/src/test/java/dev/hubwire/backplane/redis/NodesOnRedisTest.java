package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.token.NodeName;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Directories of several nodes on a real Redis. */
class NodesOnRedisTest {
  private static final NodeName N1 = new NodeName("n1");
  private static final NodeName N2 = new NodeName("n2");
  private static final URI A = URI.create("http://10.0.0.1:80");
  private static final URI B = URI.create("https://10.0.0.2:443");

  private final RedisServer redis = RedisServer.start();

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void nodesFindEachOtherUntilTheyLeave() {
    try (RedisNodeDirectory first = directory("n1", A, "app1")) {
      try (RedisNodeDirectory second = directory("n2", B, "app1")) {
        assertThat(second.find(N1)).isEqualTo(A);
        assertThat(second.find(N2)).isEqualTo(B);
        assertThat(redis.command("get app1hubwire:nodes:n2"))
            .isEqualTo("$" + B.toString().length());
        assertThat(Integer.parseInt(redis.command("pttl app1hubwire:nodes:n2").substring(1)))
            .isBetween(5_000, 15_000);
        refresh(first);
        assertThat(first.find(N2)).isEqualTo(B);
      }
      assertThat(redis.command("exists app1hubwire:nodes:n2")).isEqualTo(":0");
      refresh(first);
      assertThat(redis.command("scard app1hubwire:nodes")).isEqualTo(":1");
    }
  }

  @Test
  void applicationsWithDifferentPrefixesKeepApart() {
    try (RedisNodeDirectory one = directory("n1", A, "app1");
        RedisNodeDirectory other = directory("n2", B, "app2")) {
      refresh(one);
      assertThat(one.find(N2)).isNull();
      assertThat(other.find(N1)).isNull();
    }
  }

  @Test
  void whatIsNoNodeIsLeftOut() {
    redis.command("sadd hubwire:nodes n2 no*name n4");
    redis.command("set hubwire:nodes:n2 ftp://10.0.0.2");
    redis.command("set hubwire:nodes:no*name " + B);
    redis.command("set hubwire:nodes:n4 " + B);
    try (RedisNodeDirectory directory = directory("n1", A, "")) {
      assertThat(directory.find(N2)).isNull();
      assertThat(directory.find(new NodeName("n4"))).isEqualTo(B);
    }
  }

  @Test
  void aNodeThatTookTheNameKeepsItWhenTheFirstLeaves() {
    try (RedisNodeDirectory taking = directory("n1", A, "")) {
      redis.command("set hubwire:nodes:n1 " + B);
      refresh(taking);
    }
    assertThat(redis.command("exists hubwire:nodes:n1")).isEqualTo(":1");
  }

  @Test
  void nodesAreKnownWhileRedisIsAwayAndAnnouncedAgainWhenItIsBack() {
    try (RedisNodeDirectory first = directory("n1", A, "");
        RedisNodeDirectory second = directory("n2", B, "")) {
      refresh(first);
      redis.kill();
      refresh(first);
      refresh(second);
      assertThat(first.find(N2)).isEqualTo(B);
      redis.startAgain();
      refresh(second);
      assertThat(redis.command("exists hubwire:nodes:n2")).isEqualTo(":1");
      refresh(first);
      assertThat(first.find(N2)).isEqualTo(B);
      assertThat(second.find(N1)).isEqualTo(A);
    }
  }

  @Test
  void aNodeStartsWithoutRedis() {
    redis.kill();
    try (RedisNodeDirectory directory = directory("n1", A, "")) {
      assertThat(directory.find(N2)).isNull();
    }
    redis.startAgain();
  }

  private RedisNodeDirectory directory(String name, URI address, String prefix) {
    return RedisBackplane.builder()
        .uri(redis.uri())
        .channelPrefix(prefix)
        .timeout(Duration.ofSeconds(10))
        .build()
        .nodeDirectory(name, address);
  }

  private static void refresh(RedisNodeDirectory directory) {
    CompletableFuture<?> look = directory.refresh();
    look.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
