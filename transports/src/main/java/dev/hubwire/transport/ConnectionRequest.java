package dev.hubwire.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stays known of the HTTP request that opened a transport. Immutable and flat: an idle
 * connection keeps it for life.
 *
 * @param path the request's path, decoded
 * @param query names and values of the query in turn, decoded, in order
 * @param headers names and values of the headers in turn; the values of one name in order
 * @param remoteAddress the peer's address, or null where it has none
 * @param user the authenticated user, or null
 */
public record ConnectionRequest(
    String path,
    List<String> query,
    List<String> headers,
    @Nullable InetSocketAddress remoteAddress,
    @Nullable User user) {

  public ConnectionRequest {
    query = List.copyOf(query);
    headers = List.copyOf(headers);
  }

  /** The first value of a query parameter, or null. Names are compared ignoring case. */
  public @Nullable String queryParameter(String name) {
    return first(query, name);
  }

  /** The first value of a header, or null. Names are compared ignoring case. */
  public @Nullable String header(String name) {
    return first(headers, name);
  }

  /** The value of a cookie, verbatim, or null. */
  public @Nullable String cookie(String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).toLowerCase(Locale.ROOT).equals("cookie")) {
        for (String pair : headers.get(i + 1).split(";", -1)) {
          int equals = pair.indexOf('=');
          if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
            return pair.substring(equals + 1).strip();
          }
        }
      }
    }
    return null;
  }

  /** The path and the peer only: query and headers may hold secrets, which must not reach a log. */
  @Override
  public String toString() {
    return "ConnectionRequest[path=" + path + ", remoteAddress=" + remoteAddress + "]";
  }

  private static @Nullable String first(List<String> pairs, String name) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equalsIgnoreCase(name)) {
        return pairs.get(i + 1);
      }
    }
    return null;
  }
}
