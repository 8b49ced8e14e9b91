package dev.hubwire.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What busy clients go through when nodes behind a real load balancer are restarted, or die. */
class RestartTest {
  private static final int TERMINATED = 143;

  private static Farm farm;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    farm = Farm.start("--drain-ms=20000", "--drain-notice-ms=1000", "--drain-rate=20");
  }

  @AfterAll
  static void stop() {
    farm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"haproxy-draining.cfg", "nginx-draining.conf"})
  void aRollingRestartLosesNothingAndNobodyComesBackInVain(String file) throws Exception {
    try (Balancer balancer = Balancer.start(folder, file, farm);
        RestartRun clients = RestartRun.start(balancer)) {
      for (String name : Farm.NAMES) {
        farm.node(name).terminate();
        assertThat(farm.node(name).awaitEnd()).isEqualTo(TERMINATED);
        farm.restart(name);
      }

      List<RestartRun.Client> all = clients.stop();

      assertThat(all)
          .allSatisfy(
              client -> {
                assertThat(client.reconnects()).isPositive();
                assertThat(client.failedReconnects()).isEmpty();
                assertThat(client.closed()).isNull();
                assertThat(client.lost()).isEmpty();
                assertThat(client.ranAndFailed()).isEmpty();
                assertThat(client.brokenStreams()).isEmpty();
                assertThat(client.answered() + client.streams()).isPositive();
              });
    }
  }

  @Test
  void aNodeThatDiesCostsItsOwnClientsAReconnectAndTheOthersNothing() throws Exception {
    try (Balancer balancer = Balancer.start(folder, "haproxy-draining.cfg", farm);
        RestartRun clients = RestartRun.start(balancer)) {
      farm.node("n2").close();
      farm.node("n2").awaitEnd();
      farm.restart("n2");

      List<RestartRun.Client> all = clients.stop();

      assertThat(all)
          .allSatisfy(
              client -> {
                assertThat(client.closed()).isNull();
                assertThat(client.reconnects()).isEqualTo(client.firstNode().equals("n2") ? 1 : 0);
              });
      assertThat(all).anyMatch(client -> client.firstNode().equals("n2"));
      assertThat(all)
          .filteredOn(client -> !client.firstNode().equals("n2"))
          .allSatisfy(
              client -> {
                assertThat(client.failed()).isZero();
                assertThat(client.brokenStreams()).isEmpty();
                assertThat(client.lost()).isEmpty();
              });
    }
  }
}
