package dev.hubwire.dispatch;

import dev.hubwire.hub.Authorize;
import dev.hubwire.transport.User;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Authorize} asks of a user.
 *
 * @param roles the user needs one of these, compared exactly; none means any authenticated user
 * @param policy what is asked besides, or null
 */
public record Requirement(Set<String> roles, @Nullable Predicate<User> policy) {
  public Requirement {
    roles = Set.copyOf(roles);
  }

  /** A user of null is a caller who is not authenticated, and meets no requirement. */
  public boolean isMetBy(@Nullable User user) {
    return user != null
        && (roles.isEmpty() || !Collections.disjoint(roles, user.roles()))
        && (policy == null || policy.test(user));
  }

  /**
   * @param policies by name
   * @param where whose annotation it is, for messages
   * @throws IllegalArgumentException if there is no policy of that name
   */
  static Requirement of(Authorize annotation, Map<String, Predicate<User>> policies, String where) {
    Set<String> roles = Set.of(annotation.roles());
    if (annotation.policy().isEmpty()) {
      return new Requirement(roles, null);
    }
    Predicate<User> policy = policies.get(annotation.policy());
    if (policy == null) {
      throw new IllegalArgumentException(
          "The AuthorizationPolicy named: '%s' was not found. @Authorize of %s needs it (expected: one of %s, or one more of HubServerBuilder.policy)"
              .formatted(annotation.policy(), where, new TreeSet<>(policies.keySet())));
    }
    return new Requirement(roles, policy);
  }
}
