package dev.hubwire.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.clients.ChildProcess;
import dev.hubwire.clients.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The official JavaScript client behind a balancer, in every way that it can connect. */
final class DeploymentRun {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private DeploymentRun() {}

  /**
   * Tries them all.
   *
   * @param folder where the balancer has its certificate, if it has one
   */
  static List<Outcome> of(Configuration configuration, Balancer balancer, Path folder)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "HUBWIRE_URL", balancer.url() + configuration.path(),
                "HUBWIRE_ATTEMPTS", String.valueOf(configuration.attempts()),
                "HUBWIRE_IDLE_MS", String.valueOf(configuration.idleMillis())));
    if (balancer.url().getScheme().equals("https")) {
      environment.put("NODE_EXTRA_CA_CERTS", SelfSigned.chain(folder).toString());
    }
    List<String> command = List.of(Tools.node(), "deployment.mjs");
    try (ChildProcess run = ChildProcess.start(command, Tools.javaScript(), environment, LIMIT)) {
      List<String> lines = run.lines().toList();
      assertThat(run.exitStatus()).as(String.join("\n", lines)).isZero();
      return lines.stream().map(line -> JSON.readValue(line, Outcome.class)).toList();
    }
  }
}
