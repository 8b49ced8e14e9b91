package dev.hubwire.clients;

import dev.hubwire.conformance.ServerUnderTest;
import dev.hubwire.samples.chat.ChatServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official JavaScript client, in Node and in Chromium. */
class JavaScriptClientTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int CLIENT_TIMEOUT_MS = 2_500;
  private static final JsonMapper JSON = new JsonMapper();

  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> inNode() throws IOException {
    return suite("node", environment(server.url()));
  }

  @TestFactory
  Stream<DynamicTest> inChromium() throws IOException {
    return suite("chromium", environment(server.url()));
  }

  @TestFactory
  Stream<DynamicTest> withShortIntervals() throws IOException {
    try (ServerUnderTest impatient =
        ServerUnderTest.start(
            "--keep-alive-ms", "200", "--client-timeout-ms", String.valueOf(CLIENT_TIMEOUT_MS))) {
      return played(suite("timing", environment(impatient.url())));
    }
  }

  @TestFactory
  Stream<DynamicTest> inTheChat() throws IOException {
    try (ChatServer chat = ChatServer.start("127.0.0.1", 0)) {
      return played(suite("chat", environment(chat.url())));
    }
  }

  /** The whole run now, while its server is there. */
  private static Stream<DynamicTest> played(Stream<DynamicTest> run) {
    return run.toList().stream();
  }

  private static Map<String, String> environment(URI url) {
    return Map.of(
        "HUBWIRE_URL", url.toString(),
        "HUBWIRE_WAYS", Ways.joined(),
        "HUBWIRE_CLIENT_TIMEOUT_MS", String.valueOf(CLIENT_TIMEOUT_MS),
        "HUBWIRE_CHROMIUM", Tools.chromium());
  }

  private static Stream<DynamicTest> suite(String name, Map<String, String> environment)
      throws IOException {
    // A request that a stopped client has given up must not keep Node from its end.
    List<String> command =
        List.of(
            Tools.node(), "--test-force-exit", "--test-reporter=./report.mjs", name + ".test.mjs");
    ChildProcess process = ChildProcess.start(command, Tools.javaScript(), environment, LIMIT);
    return new ForeignRun(process, JavaScriptClientTest::caseOf, Set.of()).tests();
  }

  /** A line of {@code report.mjs}. */
  static Optional<ForeignCase> caseOf(String line) {
    if (!line.startsWith("{\"name\":")) {
      return Optional.empty();
    }
    JsonNode report = JSON.readTree(line);
    String name = report.get("name").asString();
    return Optional.of(
        report.get("passed").asBoolean()
            ? ForeignCase.passed(name)
            : ForeignCase.failed(name, report.get("error").asString()));
  }
}
