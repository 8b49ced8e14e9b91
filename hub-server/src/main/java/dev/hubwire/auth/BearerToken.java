package dev.hubwire.auth;

import dev.hubwire.transport.ConnectionRequest;
import org.jspecify.annotations.Nullable;

/** Where a request carries its token (RFC 6750 §2, {@code docs/protocol/connections.md} §9.3). */
final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  /**
   * The token of the {@code Authorization} header, or of the {@code access_token} parameter where
   * there is no such header: browsers cannot set headers on WebSockets and event streams. Null
   * where there is neither, or the header is for another scheme.
   */
  static @Nullable String of(ConnectionRequest request) {
    String header = request.header("Authorization");
    String token = header == null ? request.queryParameter("access_token") : bearer(header);
    return token == null || token.isEmpty() ? null : token;
  }

  private static @Nullable String bearer(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : null;
  }
}
