package dev.hubwire.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token must say (RFC 7519 §4.1).
 *
 * @param issuers accepted issuers; any if empty
 * @param audiences accepted audiences, of which the token needs one; any if empty
 */
record TokenRules(
    Set<String> issuers,
    Set<String> audiences,
    boolean expiryRequired,
    Duration clockSkew,
    Clock clock) {

  void check(JWTClaimsSet claims) throws TokenRefusedException {
    checkTime(claims);
    if (!issuers.isEmpty()
        && (claims.getIssuer() == null || !issuers.contains(claims.getIssuer()))) {
      throw new TokenRefusedException(
          "iss: " + LogText.of(claims.getIssuer()) + " (expected: one of " + issuers + ")");
    }
    if (!audiences.isEmpty() && Collections.disjoint(audiences, claims.getAudience())) {
      throw new TokenRefusedException(
          "aud: " + LogText.of(claims.getAudience()) + " (expected: one of " + audiences + ")");
    }
  }

  private void checkTime(JWTClaimsSet claims) throws TokenRefusedException {
    Instant now = clock.instant();
    Instant expires = instant(claims.getExpirationTime());
    if (expires == null) {
      if (expiryRequired) {
        throw new TokenRefusedException("exp: missing");
      }
    } else if (expires.plus(clockSkew).isBefore(now)) {
      throw new TokenRefusedException("exp: " + expires + " (now: " + now + ")");
    }
    Instant notBefore = instant(claims.getNotBeforeTime());
    if (notBefore != null && notBefore.minus(clockSkew).isAfter(now)) {
      throw new TokenRefusedException("nbf: " + notBefore + " (now: " + now + ")");
    }
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
