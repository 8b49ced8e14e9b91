package dev.hubwire.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hubwire.transport.ConnectionRequest;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An issuer of tokens, at a fixed time. */
final class Tokens {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  static final byte[] SECRET =
      "a secret of more than 256 bits, for tests".getBytes(StandardCharsets.UTF_8);
  static final RSAKey RSA = rsa("rsa-1", 2048);
  static final RSAKey OTHER_RSA = rsa("rsa-2", 2048);
  static final ECKey EC = ec("ec-1", Curve.P_256);

  private Tokens() {}

  /** Claims for "ada", good for an hour. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("ada")
        .expirationTime(Date.from(NOW.plusSeconds(3600)));
  }

  static String hs256(JWTClaimsSet.Builder claims) {
    return sign(new JWSHeader(JWSAlgorithm.HS256), claims, macSigner(SECRET));
  }

  static String rs256(RSAKey key, @Nullable String kid, JWTClaimsSet.Builder claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
      return sign(header, claims, new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String es256(ECKey key, @Nullable String kid, JWTClaimsSet.Builder claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).build();
      return sign(header, claims, new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sign(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
    try {
      var token = new SignedJWT(header, claims.build());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWSSigner macSigner(byte[] secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static RSAPublicKey rsaPublicKey() {
    try {
      return RSA.toRSAPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECPublicKey ecPublicKey() {
    try {
      return EC.toECPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public halves as a JWK set. */
  static String keySet(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(true);
  }

  static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECKey ec(String id, Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ConnectionRequest bearer(String token) {
    return request(List.of("Authorization", "Bearer " + token), List.of());
  }

  static ConnectionRequest request(List<String> headers, List<String> query) {
    return new ConnectionRequest("/chat", query, headers, null, null);
  }

  static JwtAuthenticatorBuilder builder(UnaryOperator<JwtAuthenticatorBuilder> options) {
    return options.apply(JwtAuthenticator.builder().clock(CLOCK));
  }
}
