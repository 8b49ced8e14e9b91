package dev.hubwire.negotiation;

import org.jspecify.annotations.Nullable;

/**
 * Where a client should negotiate instead ({@code docs/protocol/connections.md} §2.5).
 *
 * @param url the other endpoint, absolute, without {@code /negotiate}; not empty
 * @param accessToken the bearer token the client uses from then on, not empty, or null to let it
 *     keep its own
 */
public record Redirect(String url, @Nullable String accessToken) {
  public Redirect {
    if (url.isEmpty()) {
      throw new IllegalArgumentException("url: empty (expected: an absolute URL)");
    }
    if (accessToken != null && accessToken.isEmpty()) {
      throw new IllegalArgumentException("accessToken: empty (expected: a bearer token or null)");
    }
  }

  /** The token is a credential and stays out of logs. */
  @Override
  public String toString() {
    return "Redirect[url=" + url + ", accessToken=" + (accessToken == null ? "none" : "***") + "]";
  }
}
