package dev.hubwire.probe.report;

import dev.hubwire.probe.check.CheckResult;
import dev.hubwire.probe.check.Finding;
import dev.hubwire.probe.check.Severity;
import dev.hubwire.probe.wire.Visitor;
import java.io.PrintWriter;
import java.util.Locale;

/** A line for each check, a block for each finding, a line at the end. */
public final class TextReportWriter implements ReportWriter {
  private static final int WIDTH = 100;
  private static final String INDENT = "  ";

  @Override
  public void write(ProbeReport report, PrintWriter out) {
    if (report.unreachable() != null) {
      out.println("could not reach " + report.unreachable());
      out.flush();
      return;
    }
    out.println(report.url());
    for (CheckResult result : report.results()) {
      out.println(INDENT + String.format(Locale.ROOT, "%-20s%s", result.name(), verdict(result)));
    }
    report.results().stream()
        .flatMap(result -> result.findings().stream())
        .forEach(finding -> write(finding, out));
    out.println();
    out.println(
        plural(report.count(Severity.ERROR), "error")
            + ", "
            + plural(report.count(Severity.WARNING), "warning")
            + ", "
            + plural(report.count(Severity.INFO), "note")
            + " in "
            + Visitor.words(report.took()));
    out.flush();
  }

  private static String verdict(CheckResult result) {
    if (result.skipped()) {
      return "not tried";
    }
    long errors = result.count(Severity.ERROR);
    long warnings = result.count(Severity.WARNING);
    if (errors + warnings > 0) {
      return errors > 0 ? plural(errors, "error") : plural(warnings, "warning");
    }
    return result.findings().isEmpty() ? "fine" : "fine, with a note";
  }

  private static void write(Finding finding, PrintWriter out) {
    out.println();
    String label = finding.severity() == Severity.INFO ? "note" : finding.severity().word();
    out.println(label + " " + finding.id());
    wrap(finding.observed(), out);
    finding.details().forEach(detail -> out.println(INDENT + "- " + detail));
    wrap(finding.meaning(), out);
    if (!finding.change().isEmpty()) {
      wrap("What to change: " + finding.change(), out);
    }
  }

  private static void wrap(String text, PrintWriter out) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : text.split(" ", -1)) {
      if (line.length() > INDENT.length() && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line.setLength(INDENT.length());
      }
      if (line.length() > INDENT.length()) {
        line.append(' ');
      }
      line.append(word);
    }
    out.println(line);
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
