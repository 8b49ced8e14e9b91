package dev.hubwire.transport;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use an endpoint. Asked for every HTTP request, after the {@link Authenticator} and before
 * anything else. Called on an IO thread, so it must not block. Thread-safe.
 */
@FunctionalInterface
public interface EndpointPolicy {
  /** Everybody, also without credentials. */
  EndpointPolicy ANONYMOUS = user -> true;

  /** Every authenticated user. */
  EndpointPolicy AUTHENTICATED = user -> user != null;

  /**
   * Whether this user may go on.
   *
   * @param user null for a request without credentials
   * @return false to refuse: with 401 where there is no user, since credentials could help, else
   *     with 403
   */
  boolean permits(@Nullable User user);

  /**
   * Every authenticated user with at least one of these roles.
   *
   * @param roles compared exactly; not empty
   */
  static EndpointPolicy anyRole(Set<String> roles) {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("roles: none (expected: at least one)");
    }
    Set<String> accepted = Set.copyOf(roles);
    return user -> user != null && user.roles().stream().anyMatch(accepted::contains);
  }
}
