package dev.hubwire.transport;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
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

  /**
   * Whether both are one user, or both nobody: the same id, and the same issuer ({@code iss}) where
   * claims name one. Roles and other claims may differ.
   */
  public static boolean isSame(@Nullable User one, @Nullable User other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.id.equals(other.id)
        && Objects.equals(one.claims.get("iss"), other.claims.get("iss"));
  }

  @Override
  public String getName() {
    return id;
  }
}
