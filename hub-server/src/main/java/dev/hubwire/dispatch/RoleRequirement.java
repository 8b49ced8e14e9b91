package dev.hubwire.dispatch;

import dev.hubwire.hub.Authorize;
import dev.hubwire.transport.User;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Authorize} asks of a user.
 *
 * @param roles the user needs one of these, compared exactly; none means any authenticated user
 */
public record RoleRequirement(Set<String> roles) {
  public RoleRequirement {
    roles = Set.copyOf(roles);
  }

  /** A user of null is a caller who is not authenticated, and meets no requirement. */
  public boolean isMetBy(@Nullable User user) {
    return user != null && (roles.isEmpty() || !Collections.disjoint(roles, user.roles()));
  }

  static RoleRequirement of(Authorize annotation) {
    return new RoleRequirement(Set.of(annotation.roles()));
  }
}
