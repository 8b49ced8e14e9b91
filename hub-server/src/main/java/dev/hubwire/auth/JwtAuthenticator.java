package dev.hubwire.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.ConnectionRequest;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Authenticates requests by a signed token (JWT, RFC 7519): {@code Authorization: Bearer ...}, or
 * the query parameter {@code access_token} where the request has no such header. Put the parameter
 * out of access logs: whoever reads it has the token.
 *
 * <p>A token is accepted in the algorithms that keys were given for and in no other: HS256 for a
 * secret, RS256 and ES256 for public keys. Never unsigned, and never HS256 with a public key.
 *
 * <p>A request without a token, or with credentials of another scheme, is anonymous. One with a bad
 * token is refused; the reason never quotes the token. A request costs one signature check on the
 * calling thread and nothing else: keys at a URL are fetched in the background.
 */
public final class JwtAuthenticator implements Authenticator {
  /** Longer tokens are refused unread. */
  private static final int MAX_TOKEN_CHARACTERS = 16_384;

  /** A logout token, for one, has an issuer, an audience and a subject too (RFC 8725 §3.11). */
  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

  private final List<KeySource> keys;
  private final TokenRules rules;
  private final ClaimMapping mapping;
  private final CompletionStage<Void> ready;

  JwtAuthenticator(
      List<KeySource> keys, TokenRules rules, ClaimMapping mapping, CompletionStage<Void> ready) {
    this.keys = List.copyOf(keys);
    this.rules = rules;
    this.mapping = mapping;
    this.ready = ready;
  }

  /** Starts with no key and the defaults. */
  public static JwtAuthenticatorBuilder builder() {
    return new JwtAuthenticatorBuilder();
  }

  /**
   * Completes with the outcome of the first fetch of keys from a URL; at once where there is none
   * to fetch. A server that waits for it before it listens refuses nobody for want of keys.
   */
  public CompletionStage<Void> ready() {
    return ready;
  }

  @Override
  public Result authenticate(ConnectionRequest request) {
    String token = BearerToken.of(request);
    if (token == null) {
      return Result.anonymous();
    }
    try {
      JWTClaimsSet claims = verified(token);
      rules.check(claims);
      return Result.of(mapping.user(claims));
    } catch (TokenRefusedException e) {
      return Result.refused(e.reason());
    }
  }

  /** The claims of a token whose signature is good. */
  private JWTClaimsSet verified(String token) throws TokenRefusedException {
    if (token.length() > MAX_TOKEN_CHARACTERS) {
      throw new TokenRefusedException(
          "token: " + token.length() + " characters (expected: <= " + MAX_TOKEN_CHARACTERS + ")");
    }
    // The parser's own messages quote what they could not read, so none of them is passed on.
    SignedJWT jwt;
    try {
      jwt = SignedJWT.parse(token);
    } catch (ParseException e) {
      throw new TokenRefusedException("token: not a signed JWT");
    }
    checkSignature(jwt);
    try {
      return jwt.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new TokenRefusedException("token: its claims cannot be read");
    }
  }

  private void checkSignature(SignedJWT jwt) throws TokenRefusedException {
    JWSHeader header = jwt.getHeader();
    if (header.getType() != null && !TYPES.contains(header.getType())) {
      throw new TokenRefusedException("typ: " + LogText.of(header.getType()));
    }
    String reason = "alg: " + LogText.of(header.getAlgorithm()) + " (no key for it was configured)";
    for (KeySource source : keys) {
      if (source.algorithms().contains(header.getAlgorithm())) {
        KeySource.Lookup found = source.find(header);
        for (VerificationKey key : found.keys()) {
          if (key.verifies(jwt)) {
            return;
          }
        }
        reason =
            found.keys().isEmpty()
                ? "kid: " + LogText.of(header.getKeyID()) + " (" + found.whyNone() + ")"
                : "signature: does not match";
      }
    }
    throw new TokenRefusedException(reason);
  }
}
