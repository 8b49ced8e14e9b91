package dev.hubwire.functional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hubwire.auth.JwtAuthenticator;
import dev.hubwire.transport.Authenticator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/** Tokens with the claims and times of the original, signed with a key of this process. */
final class Tokens {
  private static final String NAME_IDENTIFIER =
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier";

  private static final int KEY_BYTES = 32;
  private static final Duration LIFETIME = Duration.ofSeconds(5);

  /** How far the original lets clocks differ, which makes its tokens good for longer. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final Clock clock;
  private final byte[] key = new byte[KEY_BYTES];

  Tokens(Clock clock, SecureRandom random) {
    this.clock = clock;
    random.nextBytes(key);
  }

  String issue() {
    var claims =
        new JWTClaimsSet.Builder()
            .claim(NAME_IDENTIFIER, "testuser")
            .issuer("SignalRTestServer")
            .audience("SignalRTests")
            .expirationTime(Date.from(clock.instant().plus(LIFETIME)))
            .build();
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 with a key of " + KEY_BYTES + " bytes", e);
    }
    return token.serialize();
  }

  Authenticator authenticator() {
    return JwtAuthenticator.builder()
        .secret(key)
        .idClaim(NAME_IDENTIFIER)
        .clock(clock)
        .clockSkew(CLOCK_SKEW)
        .build();
  }
}
