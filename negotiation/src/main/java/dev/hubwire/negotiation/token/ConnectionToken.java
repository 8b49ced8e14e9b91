package dev.hubwire.negotiation.token;

/**
 * The secret that lets a request act for a connection, carried in the query parameter {@code id}
 * ({@code docs/protocol/connections.md} §2.4). It prints as {@code ***}, so that no log line can
 * leak it.
 *
 * @param value URL-safe text, not empty
 */
public record ConnectionToken(String value) {
  public ConnectionToken {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("value: empty (expected: a URL-safe text)");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
