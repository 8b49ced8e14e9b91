package dev.hubwire.transport;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which pages may use an endpoint from a browser, by their origin ({@code
 * https://app.example:8443}). One rule for WebSockets, which browsers let any page open, and for
 * all other requests, which browsers ask about first (CORS). Requests without an {@code Origin},
 * which is every client that is no browser, are not concerned. Immutable, thread-safe.
 */
public final class AllowedOrigins {
  private static final AllowedOrigins SAME =
      new AllowedOrigins(origin -> false, "none but its own");
  private static final AllowedOrigins ANY = new AllowedOrigins(origin -> true, "any");

  private final Predicate<String> foreign;
  private final String description;

  private AllowedOrigins(Predicate<String> foreign, String description) {
    this.foreign = foreign;
    this.description = description;
  }

  /**
   * Pages of the server's own origin, which is known by the request's {@code Host}. The scheme is
   * not compared, since a proxy may have ended TLS; a proxy that does not pass {@code Host} on
   * needs {@link #of}. The default.
   */
  public static AllowedOrigins same() {
    return SAME;
  }

  /**
   * These origins, and the server's own.
   *
   * @param origins scheme, host and, unless it is the scheme's own, port; without a path. Letter
   *     case makes no difference
   */
  public static AllowedOrigins of(String... origins) {
    Set<String> listed =
        Set.of(origins).stream()
            .map(AllowedOrigins::checked)
            .collect(Collectors.toUnmodifiableSet());
    return new AllowedOrigins(listed::contains, listed.toString());
  }

  /**
   * Whatever origins the application says, and the server's own.
   *
   * @param allows is asked with the origin in lower case, on an IO thread; must not block
   */
  public static AllowedOrigins matching(Predicate<String> allows) {
    return new AllowedOrigins(allows, "what the application allows");
  }

  /**
   * Every origin. Any page in the world can then act with the cookies that its visitor has for this
   * server: only for endpoints that do not look at cookies.
   */
  public static AllowedOrigins any() {
    return ANY;
  }

  /**
   * Whether a page may use the endpoint.
   *
   * @param origin as the browser sends it
   * @param host the host, and port if any, under which the request reached this server
   */
  public boolean allows(String origin, String host) {
    String normal = origin.toLowerCase(Locale.ROOT);
    int scheme = normal.indexOf("://");
    boolean own = scheme > 0 && normal.substring(scheme + 3).equals(host.toLowerCase(Locale.ROOT));
    return own || foreign.test(normal);
  }

  @Override
  public String toString() {
    return description;
  }

  private static String checked(String origin) {
    String normal = origin.toLowerCase(Locale.ROOT);
    int scheme = normal.indexOf("://");
    if (scheme < 1 || normal.length() == scheme + 3 || normal.indexOf('/', scheme + 3) >= 0) {
      throw new IllegalArgumentException(
          "origin: " + origin + " (expected: scheme and host, such as https://app.example)");
    }
    return normal;
  }
}
