package dev.hubwire.probe.report;

import java.io.PrintWriter;

/** Writes reports in one form. */
public interface ReportWriter {
  /** Writes it whole; the writer is flushed and stays open. */
  void write(ProbeReport report, PrintWriter out);
}
