package dev.hubwire.probe.wire;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A whole answer to one request, and how long it took from the first byte sent. Immutable. */
public final class Answer {
  private static final int MAX_QUOTED = 120;

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final Duration took;

  Answer(int status, HttpHeaders headers, byte[] body, Duration took) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.took = took;
  }

  public int status() {
    return status;
  }

  public HttpHeaders headers() {
    return headers;
  }

  public byte[] body() {
    return body.clone();
  }

  public Duration took() {
    return took;
  }

  /** A header's first value, empty where there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The type without its parameters, in lower case; empty where there is none. */
  public String contentType() {
    String value = header("Content-Type");
    int parameters = value.indexOf(';');
    return (parameters < 0 ? value : value.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether it is a page for people. */
  public boolean isHtml() {
    String start = text().stripLeading().toLowerCase(Locale.ROOT);
    return contentType().equals("text/html")
        || start.startsWith("<!doctype html")
        || start.startsWith("<html");
  }

  /** Whether a hub server said it, of a connection that it does not have. */
  public boolean isUnknownConnection() {
    return status == 404 && text().startsWith("No Connection with that ID");
  }

  /** Status and, where it is plain text, what was said. */
  @Override
  public String toString() {
    String said = text().strip();
    if (said.isEmpty() || isHtml() || !contentType().startsWith("text/")) {
      return status + (isHtml() ? " (an HTML page)" : "");
    }
    boolean isLong = said.length() > MAX_QUOTED;
    return status + " '" + (isLong ? said.substring(0, MAX_QUOTED) + "..." : said) + "'";
  }
}
