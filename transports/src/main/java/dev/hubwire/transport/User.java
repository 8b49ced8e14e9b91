package dev.hubwire.transport;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated user. Immutable.
 *
 * @param id what identifies the user, such as the {@code sub} of a token; hubs address users by it
 *     unless told otherwise
 * @param roles compared exactly
 * @param claims whatever else is known, by name
 * @param expiresAt when this authentication ends, or null for never
 */
public record User(
    String id, Set<String> roles, Map<String, Object> claims, @Nullable Instant expiresAt)
    implements Principal {

  public User {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id: empty (expected: what identifies the user)");
    }
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
  }

  @Override
  public String getName() {
    return id;
  }
}
