package dev.hubwire.conformance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hubwire.auth.JwtAuthenticator;
import dev.hubwire.transport.Authenticator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for whoever asks: who may do what is tested here, not kept. Every server of the
 * conformance application signs with the same key, so that a token is good on all nodes of a farm.
 */
final class Tokens {
  private static final byte[] KEY =
      "conformance-signing-key-0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  private final Clock clock;

  Tokens(Clock clock) {
    this.clock = clock;
  }

  /** A signed token; one with a lifetime below zero has expired already. */
  String issue(String user, @Nullable String role, Duration lifetime) {
    var claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .expirationTime(Date.from(clock.instant().plus(lifetime)));
    if (role != null) {
      claims.claim("role", role);
    }
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
    try {
      token.sign(new MACSigner(KEY));
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 with a key of " + KEY.length + " bytes", e);
    }
    return token.serialize();
  }

  Authenticator authenticator() {
    return JwtAuthenticator.builder().secret(KEY).clock(clock).clockSkew(Duration.ZERO).build();
  }
}
