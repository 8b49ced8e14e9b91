package dev.hubwire.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Hub;
import dev.hubwire.server.HubServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the process prints and ends with. */
class ProbeCommandTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A hub without methods. */
  static final class Quiet extends Hub<Quiet.Client> {
    interface Client {}
  }

  @Test
  void endsWith0WhereAllIsWell() {
    try (HubServer server = server()) {
      int code = run("probe", url(server), "--idle", "0.2", "--repeat", "2");
      assertThat(out.toString())
          .startsWith(url(server))
          .containsPattern("negotiation +fine")
          .containsPattern("idle +fine")
          .containsPattern("cors +not tried")
          .contains("note sizes.message-limit")
          .contains("0 errors, 0 warnings, 1 note in ");
      assertThat(code).isZero();
    }
  }

  @Test
  void endsWith1WhereClientsBreakAndTriesNoMore() {
    try (HubServer server = server()) {
      int code = run("probe", url(server) + "s");
      assertThat(out.toString())
          .containsPattern("negotiation +1 error")
          .containsPattern("affinity +not tried")
          .contains("error path.unknown")
          .contains("What to change: ");
      assertThat(code).isEqualTo(1);
    }
  }

  @Test
  void endsWith2WhereNothingAnswers() {
    String url;
    try (HubServer server = server()) {
      url = url(server);
    }
    assertThat(run("probe", url, "--json")).isEqualTo(2);
    assertThat(out.toString())
        .startsWith("{\"schema\":\"hubwire-probe/1\",\"url\":\"" + url + "\",")
        .contains("\"startedAt\":\"2026-11-24T12:00:00Z\"", "\"exitCode\":2,\"unreachable\":\"")
        .endsWith("\"checks\":[]}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://127.0.0.1/chat, 'url: ftp://127.0.0.1/chat (expected: http(s)://host[:port]/path)'",
    "http://127.0.0.1/chat/negotiate, 'without /negotiate'",
    "http://127.0.0.1/chat --repeat=0, repeat: 0 (expected: >= 1)",
    "http://127.0.0.1/chat --idle=0, idle: PT0S (expected: > 0)",
    "http://127.0.0.1/chat --timeout=-1, timeout: PT-1S (expected: > 0)",
    "http://127.0.0.1/chat --max-bytes=9, max-bytes: 9 (expected: >= 1024)",
    "http://127.0.0.1/chat --origin=app, origin: app (expected: scheme://host[:port])",
    "http://127.0.0.1/chat --ca=/nowhere.pem, ca: /nowhere.pem (expected: a readable PEM file",
    "--json, Missing required parameter: 'URL'",
  })
  void endsWith2ForWrongOptions(String options, String reason) {
    assertThat(run(("probe " + options).split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(reason);
    assertThat(out.toString()).isEmpty();
  }

  private static HubServer server() {
    return HubServer.builder().hub("/chat", Quiet::new).listen("127.0.0.1", 0).start();
  }

  private static String url(HubServer server) {
    return "http://127.0.0.1:" + server.port() + "/chat";
  }

  private int run(String... arguments) {
    CommandLine hubwire = HubwireCommand.commandLine(new ProbeCommand(NOON, System::nanoTime));
    hubwire.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return hubwire.execute(arguments);
  }
}
