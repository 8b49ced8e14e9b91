package dev.hubwire.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three nodes behind real load balancers, with the configurations of {@code docs/deployment}. With
 * the system property {@code hubwire.record} the page is written anew from what was seen.
 */
class DeploymentTest {
  private static final boolean RECORD = Boolean.getBoolean("hubwire.record");

  /** Rows of the page, in its order. */
  private static final Map<String, List<String>> SEEN = new LinkedHashMap<>();

  private static Farm farm;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    farm = Farm.start("--handshake-timeout-ms=2000");
  }

  @AfterAll
  static void stop() throws IOException {
    farm.close();
    if (RECORD) {
      OutcomesPage.write(SEEN);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void clientsFareAsThePageSays(Configuration configuration) throws Exception {
    try (Balancer balancer = Balancer.start(folder, configuration.file(), farm)) {
      List<Outcome> outcomes = DeploymentRun.of(configuration, balancer, folder);
      List<String> row = outcomes.stream().map(Outcome::text).toList();
      SEEN.put(configuration.file(), row);
      if (!RECORD) {
        assertThat(row).isEqualTo(OutcomesPage.read().get(configuration.file()));
      }
    }
  }

  @Test
  void everyConfigurationIsTriedAndOnThePage() throws IOException {
    List<String> tried = configurations().map(Configuration::file).toList();
    try (Stream<Path> files = Files.list(Balancer.PAGES)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".conf") || name.endsWith(".cfg")))
          .containsExactlyInAnyOrderElementsOf(tried);
    }
    if (!RECORD) {
      assertThat(OutcomesPage.read().keySet()).containsExactlyElementsOf(tried);
    }
  }

  /** Whoever speaks HTTP/2 with a node, through the balancer, is past the balancer's rules. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"nginx-node-name.conf", "haproxy-node-name.cfg"})
  void aRequestToGoOnWithHttp2IsNotPassedOn(String file) throws Exception {
    try (Balancer balancer = Balancer.start(folder, file, farm);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(balancer.url().resolve("/healthz")).build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  /** What an operator sees whose balancer sends requests anywhere. */
  @Test
  void aNodeThatIsAskedForTheConnectionOfAnotherSaysWhoseItIsAndWhatToDo() throws Exception {
    try (Balancer balancer = Balancer.start(folder, "haproxy-round-robin.cfg", farm);
        HttpClient client = HttpClient.newHttpClient()) {
      URI hub = URI.create(balancer.url() + "/conformance");
      String negotiated =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(hub + "/negotiate?negotiateVersion=1"))
                      .POST(HttpRequest.BodyPublishers.noBody())
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      String token = new JsonMapper().readTree(negotiated).get("connectionToken").asString();
      String issuer = token.substring(0, token.indexOf('.'));

      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(hub + "?id=" + token)).build(),
              HttpResponse.BodyHandlers.ofString());

      String asked = Farm.NAMES.get((Farm.NAMES.indexOf(issuer) + 1) % Farm.NAMES.size());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .isEqualTo(
              "No Connection with that ID. It was issued by node '%s', and this is node '%s'. All"
                      .formatted(issuer, asked)
                  + " requests of a connection must reach the node that issued its ID: enable"
                  + " sticky sessions in the load balancer, or let clients use WebSockets only"
                  + " and skip negotiation.");
      farm.node(asked)
          .awaitLine(
              "TR-306 /conformance: a request for a connection of node %s came to node %s; are"
                      .formatted(issuer, asked)
                  + " sticky sessions on?");
    }
  }

  static Stream<Configuration> configurations() {
    return Configuration.all().stream();
  }
}
