package dev.hubwire.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.deployment.ClusterRun.Deliveries;
import dev.hubwire.deployment.ClusterRun.Outage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three nodes on one Redis, with official clients of every transport and protocol at each. The
 * system property {@code hubwire.cluster.messages} says how many deliveries each kind of address
 * has at least.
 */
class ClusterTest {
  private static final int DELIVERIES = Integer.getInteger("hubwire.cluster.messages", 1_000);

  /** A hundred at each node. */
  private static final int CLIENTS = 300;

  /** Enough for every transport and protocol at each node. */
  private static final int FEWER_CLIENTS = 30;

  private static final Duration JOINED_WITHIN = Duration.ofSeconds(5);

  /** Messages come every 20 ms; clients and nodes share a machine that may have other work. */
  private static final int LOCAL_WAIT_MILLIS = 2_000;

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private RedisProcess redis;
  private Farm farm;

  @BeforeEach
  void start() throws IOException {
    redis = RedisProcess.start(folder);
    farm = Farm.start("--redis=" + redis.address());
  }

  @AfterEach
  void stop() {
    farm.close();
    redis.close();
  }

  @TestFactory
  Stream<DynamicTest> everyMessageReachesEachOfItsReceiversOnceAndNobodyElse() throws Exception {
    try (ChildProcess run =
        ClusterRun.start(
            "cluster.mjs",
            farm,
            CLIENTS,
            Map.of("HUBWIRE_DELIVERIES", String.valueOf(DELIVERIES)))) {
      List<String> lines = run.lines().toList();
      assertThat(run.exitStatus()).as(String.join("\n", lines)).isZero();
      List<Deliveries> all =
          lines.stream().map(line -> JSON.readValue(line, Deliveries.class)).toList();
      System.out.println(ClusterRun.table(all));
      assertThat(all).isNotEmpty();
      return all.stream().map(one -> dynamicTest(one.kind(), () -> check(one)));
    }
  }

  private static void check(Deliveries one) {
    assertThat(one.expected()).isGreaterThanOrEqualTo(DELIVERIES);
    assertThat(one.received()).isEqualTo(one.expected());
    assertThat(List.of(one.missing(), one.twice(), one.strangers())).containsOnly(0);
  }

  @Test
  void redisMayGoAndComeUnderLoad() throws Exception {
    try (ChildProcess run = ClusterRun.start("outage.mjs", farm, FEWER_CLIENTS, Map.of())) {
      awaitLine(run, "busy");
      redis.kill();
      awaitLine(run, "apart");
      redis.startAgain();
      long back = System.nanoTime();
      awaitLine(run, "joined");
      Duration away = Duration.ofNanos(System.nanoTime() - back);
      run.terminate();
      Outage outage = JSON.readValue(run.nextLine(), Outage.class);
      System.out.println(outage + ", joined after " + away.toMillis() + " ms");

      assertThat(away).isLessThan(JOINED_WITHIN);
      assertThat(outage.failedCalls()).isPositive();
      assertThat(outage.twice()).isZero();
      assertThat(outage.localMissing()).isZero();
      assertThat(outage.longestLocalWait()).isLessThan(LOCAL_WAIT_MILLIS);
    }
  }

  /** Whatever else it prints tells why it did not. */
  private static void awaitLine(ChildProcess run, String expected) throws IOException {
    List<String> lines = new ArrayList<>();
    try {
      do {
        lines.add(run.nextLine());
      } while (!lines.getLast().equals(expected));
    } catch (IOException e) {
      throw new IOException(expected + ": not printed, but " + lines, e);
    }
  }
}
