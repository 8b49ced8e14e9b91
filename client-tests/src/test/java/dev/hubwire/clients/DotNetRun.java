package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of the official .NET client. Its program is no part of this project: it lies in the folder
 * {@code dotnet} of {@code shared}, beside the project's own folder or where the system property
 * {@code hubwire.shared} says.
 */
public final class DotNetRun {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Path CLIENT = Tools.shared().resolve("dotnet/conformance-client");
  private static final Pattern RESULT =
      Pattern.compile("(?<outcome>ok|FAIL) +(?<name>.+?) \\(\\d+ ms\\)(?:: (?<failure>.*))?");

  private DotNetRun() {}

  /** Ends the test where the client is not: as a failure where it has to be. */
  public static void requireClient() {
    if (!Files.isExecutable(CLIENT)) {
      String reason = "the .NET client: not at " + CLIENT;
      if (System.getenv("CI") != null) {
        fail(reason);
      }
      abort(reason);
    }
  }

  /**
   * Starts it.
   *
   * @param options of the client, besides the server's address
   */
  public static ChildProcess start(URI server, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(CLIENT.toString(), "--url", server.toString()));
    command.addAll(List.of(options));
    return ChildProcess.start(command, Tools.MODULE, Map.of(), LIMIT);
  }

  /** The case that a line of its output tells of. */
  public static Optional<ForeignCase> caseOf(String line) {
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
