package dev.hubwire.negotiation.token;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of one process among those that serve the same endpoints. It is no secret: a connection
 * token carries it in front, {@code node-1.<22 characters>}, so that a process which is handed a
 * token of another can say whose it is.
 *
 * @param value 1 to 64 letters, digits, dots, hyphens and underscores; thus URL-safe
 */
public record NodeName(String value) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final Pattern MARKED =
      Pattern.compile("(" + VALID.pattern() + ")\\.[A-Za-z0-9_-]{22}");

  public NodeName {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "node name: '" + value + "' (expected: 1 to 64 of A-Z a-z 0-9 . _ -)");
    }
  }

  /** A token with this name in front of the secret. */
  ConnectionToken mark(String secret) {
    return new ConnectionToken(value + "." + secret);
  }

  /**
   * The node that issued a token, or null where the token does not say. Whoever sends a token can
   * write any name into it: good for a diagnosis, not for trust.
   */
  public static @Nullable NodeName of(ConnectionToken token) {
    Matcher matcher = MARKED.matcher(token.value());
    return matcher.matches() ? new NodeName(matcher.group(1)) : null;
  }

  @Override
  public String toString() {
    return value;
  }
}
