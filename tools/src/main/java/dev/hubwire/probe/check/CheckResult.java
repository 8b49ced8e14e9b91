package dev.hubwire.probe.check;

import java.time.Duration;
import java.util.List;

/**
 * What came of one check.
 *
 * @param skipped whether there was nothing to try
 */
public record CheckResult(String name, boolean skipped, Duration took, List<Finding> findings) {
  public CheckResult {
    findings = List.copyOf(findings);
  }

  /** How many findings are of a severity. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
