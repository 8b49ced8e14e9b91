package dev.hubwire.probe.report;

import dev.hubwire.probe.check.CheckResult;
import dev.hubwire.probe.check.Finding;
import java.io.PrintWriter;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object on one line. Properties are added and never renamed or removed while {@code
 * schema} stays the same; {@code docs/deployment/probe.md} lists them.
 */
public final class JsonReportWriter implements ReportWriter {
  private static final String SCHEMA = "hubwire-probe/1";

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  @Override
  public void write(ProbeReport report, PrintWriter out) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("schema", SCHEMA);
      json.writeStringProperty("url", report.url().toString());
      json.writeStringProperty("startedAt", report.startedAt().toString());
      json.writeNumberProperty("durationMillis", report.took().toMillis());
      json.writeNumberProperty("exitCode", report.exitCode());
      if (report.unreachable() != null) {
        json.writeStringProperty("unreachable", report.unreachable());
      }
      json.writeName("checks");
      json.writeStartArray();
      report.results().forEach(result -> write(json, result));
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println(line);
    out.flush();
  }

  private static void write(JsonGenerator json, CheckResult result) {
    json.writeStartObject();
    json.writeStringProperty("name", result.name());
    json.writeStringProperty("status", result.skipped() ? "skipped" : "done");
    json.writeNumberProperty("durationMillis", result.took().toMillis());
    json.writeName("findings");
    json.writeStartArray();
    result.findings().forEach(finding -> write(json, finding));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("id", finding.id());
    json.writeStringProperty("severity", finding.severity().word());
    json.writeStringProperty("observed", finding.observed());
    json.writeStringProperty("meaning", finding.meaning());
    json.writeStringProperty("change", finding.change());
    json.writeName("details");
    json.writeStartArray();
    finding.details().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }
}
