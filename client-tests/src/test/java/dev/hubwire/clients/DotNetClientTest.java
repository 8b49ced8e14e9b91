package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hubwire.conformance.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The official .NET client. Its program is no part of this project: it lies in the folder {@code
 * dotnet} of {@code shared}, beside the project's own folder or where the system property {@code
 * hubwire.shared} says.
 */
class DotNetClientTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern RESULT =
      Pattern.compile("(?<outcome>ok|FAIL) +(?<name>.+?) \\(\\d+ ms\\)(?:: (?<failure>.*))?");

  private static Path client;
  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    client = Tools.shared().resolve("dotnet/conformance-client");
    if (!Files.isExecutable(client)) {
      String reason = "the .NET client: not at " + client;
      if (System.getenv("CI") != null) {
        fail(reason);
      }
      abort(reason);
    }
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCase() throws IOException {
    List<String> command = List.of(client.toString(), "--url", server.url().toString());
    ChildProcess process = ChildProcess.start(command, Tools.MODULE, Map.of(), LIMIT);
    return new ForeignRun(process, DotNetClientTest::caseOf).tests();
  }

  static Optional<ForeignCase> caseOf(String line) {
    Matcher result = RESULT.matcher(line);
    if (!result.matches()) {
      return Optional.empty();
    }
    String name = result.group("name");
    return Optional.of(
        result.group("outcome").equals("ok")
            ? ForeignCase.passed(name)
            : ForeignCase.failed(name, result.group("failure")));
  }
}
