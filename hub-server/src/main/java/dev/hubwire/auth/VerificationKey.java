package dev.hubwire.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One key, for one algorithm: a public key is never taken for a secret, whatever a token's header
 * says (RFC 8725 §3.1). Thread-safe.
 *
 * @param id the {@code kid} that tokens name it by, or null where it fits any
 */
record VerificationKey(@Nullable String id, JWSAlgorithm algorithm, JWSVerifier verifier) {
  private static final int MIN_SECRET_BYTES = 32;
  private static final int MIN_RSA_BITS = 2048;

  /** For HS256. */
  static VerificationKey ofSecret(byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "secret: " + secret.length + " bytes (expected: >= 32, RFC 7518 §3.2)");
    }
    try {
      return new VerificationKey(null, JWSAlgorithm.HS256, new MACVerifier(secret.clone()));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("secret: not accepted", e);
    }
  }

  /** For RS256 or ES256, by the key's kind. */
  static VerificationKey ofPublicKey(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa when rsa.getModulus().bitLength() >= MIN_RSA_BITS -> ofRsa(null, rsa);
      case RSAPublicKey rsa ->
          throw new IllegalArgumentException(
              "publicKey: RSA of "
                  + rsa.getModulus().bitLength()
                  + " bits (expected: >= 2048, RFC 7518 §3.3)");
      case ECPublicKey ec when Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams())) ->
          ofEc(null, ec);
      default ->
          throw new IllegalArgumentException(
              "publicKey: " + key.getAlgorithm() + " (expected: RSA, or EC on curve P-256)");
    };
  }

  /** A key of a key set, or null where it is not one for RS256 or ES256 signatures. */
  static @Nullable VerificationKey ofSetMember(JWK key) {
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return null;
    }
    try {
      if (key instanceof RSAKey rsa
          && rsa.size() >= MIN_RSA_BITS
          && fits(key, JWSAlgorithm.RS256)) {
        return ofRsa(key.getKeyID(), rsa.toRSAPublicKey());
      }
      if (key instanceof ECKey ec
          && Curve.P_256.equals(ec.getCurve())
          && fits(key, JWSAlgorithm.ES256)) {
        return ofEc(key.getKeyID(), ec.toECPublicKey());
      }
      return null;
    } catch (JOSEException e) {
      throw new IllegalArgumentException("key set: a key cannot be used", e);
    }
  }

  /** Whether a token with this header may be signed with this key. */
  boolean mayHaveSigned(JWSHeader header) {
    return algorithm.equals(header.getAlgorithm())
        && (id == null || header.getKeyID() == null || id.equals(header.getKeyID()));
  }

  boolean verifies(SignedJWT token) {
    try {
      return token.verify(verifier);
    } catch (JOSEException e) {
      // The signature is not even of the right form.
      return false;
    }
  }

  private static VerificationKey ofRsa(@Nullable String id, RSAPublicKey key) {
    return new VerificationKey(id, JWSAlgorithm.RS256, new RSASSAVerifier(key));
  }

  private static VerificationKey ofEc(@Nullable String id, ECPublicKey key) {
    try {
      return new VerificationKey(id, JWSAlgorithm.ES256, new ECDSAVerifier(key));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("publicKey: not accepted", e);
    }
  }

  private static boolean fits(JWK key, JWSAlgorithm algorithm) {
    return key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
  }
}
