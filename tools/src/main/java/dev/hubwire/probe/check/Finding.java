package dev.hubwire.probe.check;

import java.util.List;

/**
 * Something that a check found. Plain sentences, without credentials.
 *
 * @param id stable, {@code check.what}: programs may rely on it
 * @param observed what happened
 * @param meaning what that does to clients
 * @param change what to do about it; empty where there is nothing to do
 * @param details single requests or figures behind it; may be empty
 */
public record Finding(
    String id,
    Severity severity,
    String observed,
    String meaning,
    String change,
    List<String> details) {
  public Finding {
    details = List.copyOf(details);
  }

  static Finding error(String id, String observed, String meaning, String change) {
    return new Finding(id, Severity.ERROR, observed, meaning, change, List.of());
  }

  static Finding warning(String id, String observed, String meaning, String change) {
    return new Finding(id, Severity.WARNING, observed, meaning, change, List.of());
  }

  static Finding info(String id, String observed, String meaning) {
    return new Finding(id, Severity.INFO, observed, meaning, "", List.of());
  }

  Finding with(List<String> more) {
    return new Finding(id, severity, observed, meaning, change, more);
  }
}
