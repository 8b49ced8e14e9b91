package dev.hubwire.probe.report;

import dev.hubwire.probe.check.CheckResult;
import dev.hubwire.probe.check.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param unreachable why nothing could be tried, or null
 */
public record ProbeReport(
    URI url,
    Instant startedAt,
    Duration took,
    List<CheckResult> results,
    @Nullable String unreachable) {
  /** Nothing that breaks clients. */
  public static final int FINE = 0;

  /** Something that breaks clients. */
  public static final int BROKEN = 1;

  /** Nothing could be tried; also what is returned for wrong options. */
  public static final int UNREACHABLE = 2;

  public ProbeReport {
    results = List.copyOf(results);
  }

  /** How many findings are of a severity. */
  public long count(Severity severity) {
    return results.stream().mapToLong(result -> result.count(severity)).sum();
  }

  /** What the process ends with. */
  public int exitCode() {
    if (unreachable != null) {
      return UNREACHABLE;
    }
    return count(Severity.ERROR) == 0 ? FINE : BROKEN;
  }
}
