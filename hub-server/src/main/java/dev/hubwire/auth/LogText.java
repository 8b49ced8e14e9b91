package dev.hubwire.auth;

import org.jspecify.annotations.Nullable;

/** Makes a client's words fit for a log line. */
final class LogText {
  private static final int MAX_LENGTH = 80;

  private LogText() {}

  /** The value in one short line of printable ASCII. */
  static String of(@Nullable Object value) {
    String text = value == null ? "missing" : value.toString();
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= MAX_LENGTH
        ? printable
        : printable.substring(0, MAX_LENGTH) + "...";
  }
}
