package dev.hubwire.conformance;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.transport.User;
import java.time.Duration;

/** The hub of {@code /conformance-auth}, for authenticated users only. */
@Authorize
public final class SecureHub extends NodeHub {
  SecureHub(Node node) {
    super(node);
  }

  @Authorize(roles = "admin")
  @HubMethod("AdminOnly")
  public String adminOnly() {
    return "ok";
  }

  /** Seconds until the user's token expires; -1 for one that never does. */
  @HubMethod("TokenSecondsLeft")
  public double tokenSecondsLeft() {
    User user = context().user();
    if (user == null || user.expiresAt() == null) {
      return -1;
    }
    return Duration.between(node().clock().instant(), user.expiresAt()).toMillis() / 1000.0;
  }
}
