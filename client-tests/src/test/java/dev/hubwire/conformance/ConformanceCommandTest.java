package dev.hubwire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.clients.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program that {@code bin/conformance-app} starts. */
class ConformanceCommandTest {
  private static final String READY = "listening on ";

  @Test
  void servesUntilItIsToldToStop() throws Exception {
    try (ChildProcess program = start("--port", "0", "--node", "n-7")) {
      String line = program.nextLine();
      assertThat(line).startsWith(READY + "http://127.0.0.1:");
      URI health = URI.create(line.substring(READY.length()) + "/healthz");
      try (HttpClient http = HttpClient.newHttpClient()) {
        var answer = http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("ok");
      }
      program.terminate();
      assertThat(program.lines()).isEmpty();
      assertThat(program.exitStatus()).isEqualTo(143);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--kafka=127.0.0.1:9092, Unknown option: '--kafka=127.0.0.1:9092'",
    "--max-message=many, Invalid value for option '--max-message'",
    "--forward-secret=0123456789abcdef, '--forward-secret: alone (expected: with --redis and --advertise)'",
    "--parallel=0, 'parallelInvocations: 0 (expected: >= 1)'",
  })
  void refusesWhatItCannotDo(String argument, String reason) throws Exception {
    try (ChildProcess program = start("--port", "0", argument)) {
      assertThat(program.lines()).anyMatch(line -> line.contains(reason));
      assertThat(program.exitStatus()).isEqualTo(2);
    }
  }

  private static ChildProcess start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ConformanceCommand.class.getName()));
    command.addAll(List.of(arguments));
    return ChildProcess.start(command, Path.of("."), Map.of(), Duration.ofMinutes(1));
  }
}
