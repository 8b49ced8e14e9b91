package dev.hubwire.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run of one of the suites in JavaScript. */
public final class JavaScriptRun {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  private JavaScriptRun() {}

  /**
   * Starts it.
   *
   * @param name of its file, without {@code .test.mjs}
   * @return its cases, each when it has been played
   */
  public static Stream<DynamicTest> of(String name, Map<String, String> environment)
      throws IOException {
    // A request that a stopped client has given up must not keep Node from its end.
    List<String> command =
        List.of(
            Tools.node(), "--test-force-exit", "--test-reporter=./report.mjs", name + ".test.mjs");
    ChildProcess process = ChildProcess.start(command, Tools.javaScript(), environment, LIMIT);
    return new ForeignRun(process, JavaScriptRun::caseOf).tests();
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
