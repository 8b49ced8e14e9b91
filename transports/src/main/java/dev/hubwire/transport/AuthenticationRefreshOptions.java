package dev.hubwire.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How the clients of an endpoint can show newer credentials for connections which they have. Set by
 * {@link TransportOptions.Builder#enableAuthenticationRefresh} and its neighbours.
 *
 * @param maximumExpiration null for none
 */
public record AuthenticationRefreshOptions(
    boolean enabled, AuthenticationRefreshPolicy policy, @Nullable Duration maximumExpiration) {

  /** Clients cannot. */
  public static final AuthenticationRefreshOptions DISABLED =
      new AuthenticationRefreshOptions(false, AuthenticationRefreshPolicy.ACCEPT, null);

  /**
   * When an authentication that is shown now ends on this server, or null for never: what the
   * credentials say, cut to the maximum.
   */
  public @Nullable Instant expiryOf(@Nullable User user, Instant now) {
    if (user == null) {
      return null;
    }
    Instant own = user.expiresAt();
    if (!enabled || maximumExpiration == null) {
      return own;
    }
    Instant latest = now.plus(maximumExpiration);
    return own == null || own.isAfter(latest) ? latest : own;
  }

  /**
   * What clients are told of an expiry: whole seconds, the rest cut off ({@code
   * docs/protocol/net11-additions.md} §1.2). Empty where there is nothing to tell.
   */
  public OptionalInt lifetimeSeconds(@Nullable Instant expiry, Instant now) {
    if (!enabled || expiry == null || !expiry.isAfter(now)) {
      return OptionalInt.empty();
    }
    long seconds = Duration.between(now, expiry).toSeconds();
    return OptionalInt.of((int) Math.min(seconds, Integer.MAX_VALUE));
  }
}
