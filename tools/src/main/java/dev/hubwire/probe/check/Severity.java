package dev.hubwire.probe.check;

import java.util.Locale;

/** How much a finding matters to clients. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Clients get along, less well than they could. */
  WARNING,
  /** Some or all clients fail, or end up with less than the server offers. */
  ERROR;

  /** As it is printed and written: in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
