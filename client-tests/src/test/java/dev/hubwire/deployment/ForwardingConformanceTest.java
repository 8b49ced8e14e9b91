package dev.hubwire.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.DotNetRun;
import dev.hubwire.clients.ForeignCase;
import dev.hubwire.clients.JavaScriptRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Official clients play all their cases against three nodes that find each other by Redis, behind
 * an nginx that sends each request to the next node. {@link DeploymentTest} shows what they meet
 * behind the same nginx without forwarding.
 */
class ForwardingConformanceTest {
  private static final String SECRET = "known to these three nodes";

  /** A node counts its own connections, and two that .NET opens may be on two nodes. */
  private static final String COUNTS_ON_ONE_NODE = "ends cleanly when the client stops";

  @TempDir private static Path redisFolder;
  @TempDir private static Path balancerFolder;

  private static RedisProcess redis;
  private static Farm farm;
  private static Balancer balancer;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisProcess.start(redisFolder);
    farm = Farm.start(ForwardingConformanceTest::options);
    balancer = Balancer.start(balancerFolder, "nginx-round-robin.conf", farm);
  }

  private static List<String> options(int port) {
    return List.of(
        "--redis=" + redis.address(),
        "--forward-secret=" + SECRET,
        "--advertise=http://127.0.0.1:" + port);
  }

  @AfterAll
  static void stop() {
    balancer.close();
    farm.close();
    redis.close();
  }

  @TestFactory
  Stream<DynamicTest> javaScript() throws IOException {
    return JavaScriptRun.of(
        "node",
        Map.of(
            "HUBWIRE_URL",
            balancer.url().toString(),
            "HUBWIRE_NODES",
            String.valueOf(Farm.NAMES.size()),
            "HUBWIRE_WAYS",
            "ws/json,sse/json,lp/json,lp/msgpack"));
  }

  @TestFactory
  Stream<DynamicTest> dotNetOverServerSentEvents() throws Exception {
    return dotNet("sse/json");
  }

  @TestFactory
  Stream<DynamicTest> dotNetOverLongPolling() throws Exception {
    return dotNet("lp/json");
  }

  private static Stream<DynamicTest> dotNet(String way) throws Exception {
    DotNetRun.requireClient();
    try (ChildProcess run = DotNetRun.start(balancer.url(), "--only", way)) {
      List<String> lines = run.lines().toList();
      List<ForeignCase> played =
          lines.stream().map(DotNetRun::caseOf).flatMap(Optional::stream).toList();
      assertThat(lines.getLast())
          .as("the last line of %s", lines)
          .isEqualTo(
              "%d passed, %d failed"
                  .formatted(
                      played.stream().filter(ForeignCase::hasPassed).count(),
                      played.stream().filter(one -> !one.hasPassed()).count()));
      assertThat(played).anyMatch(one -> one.name().contains(COUNTS_ON_ONE_NODE));
      return played.stream()
          .filter(one -> !one.name().contains(COUNTS_ON_ONE_NODE))
          .map(ForwardingConformanceTest::test);
    }
  }

  private static DynamicTest test(ForeignCase one) {
    return dynamicTest(one.name(), () -> one.failure().ifPresent(what -> fail(what)));
  }
}
