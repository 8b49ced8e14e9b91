package dev.hubwire.probe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.probe.check.CheckResult;
import dev.hubwire.probe.check.Finding;
import dev.hubwire.probe.check.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The forms that programs and people rely on, byte for byte. */
class ReportWritersTest {
  private static final Finding BROKEN =
      new Finding(
          "affinity.missing",
          Severity.ERROR,
          "4 of 8 requests were answered 404: the server they came to does not know their"
              + " connection. It was issued by another one.",
          "Clients fail to start.",
          "Switch on \"sticky\" sessions.",
          List.of("negotiation 1: poll 404", "negotiation 2: poll 404"));
  private static final Finding NOTE =
      new Finding("idle.note", Severity.INFO, "Seen.", "Means nothing.", "", List.of());

  private static final ProbeReport REPORT =
      new ProbeReport(
          URI.create("https://chat.example/chat"),
          Instant.parse("2026-11-24T12:00:00Z"),
          Duration.ofMillis(2_500),
          List.of(
              new CheckResult("negotiation", false, Duration.ofMillis(12), List.of()),
              new CheckResult("affinity", false, Duration.ofMillis(340), List.of(BROKEN)),
              new CheckResult("idle", false, Duration.ofSeconds(2), List.of(NOTE)),
              new CheckResult("cors", true, Duration.ZERO, List.of())),
          null);

  @Test
  void writesJsonOfASchemaThatStays() throws IOException {
    assertThat(written(new JsonReportWriter())).isEqualTo(golden("report.json"));
  }

  @Test
  void writesTextForPeople() throws IOException {
    assertThat(written(new TextReportWriter())).isEqualTo(golden("report.txt"));
  }

  @Test
  void countsOnlyErrorsAsBroken() {
    assertThat(REPORT.exitCode()).isEqualTo(1);
    ProbeReport notesOnly =
        new ProbeReport(
            REPORT.url(),
            REPORT.startedAt(),
            REPORT.took(),
            List.of(new CheckResult("idle", false, Duration.ZERO, List.of(NOTE))),
            null);
    assertThat(notesOnly.exitCode()).isZero();
    ProbeReport unreachable =
        new ProbeReport(REPORT.url(), REPORT.startedAt(), REPORT.took(), List.of(), "no route");
    assertThat(unreachable.exitCode()).isEqualTo(2);
  }

  private static String written(ReportWriter writer) {
    StringWriter text = new StringWriter();
    writer.write(REPORT, new PrintWriter(text));
    return text.toString();
  }

  private static String golden(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ReportWritersTest.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
