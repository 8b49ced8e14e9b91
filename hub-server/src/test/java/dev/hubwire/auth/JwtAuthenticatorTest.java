package dev.hubwire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.hubwire.transport.Authenticator.Authenticated;
import dev.hubwire.transport.Authenticator.Refused;
import dev.hubwire.transport.Authenticator.Result;
import dev.hubwire.transport.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorTest {
  private final JwtAuthenticator withSecret = Tokens.builder(b -> b.secret(Tokens.SECRET)).build();

  @Test
  void takesARequestWithoutATokenForAnonymous() {
    assertThat(withSecret.authenticate(Tokens.request(List.of(), List.of())))
        .isSameAs(Result.anonymous());
  }

  @Test
  void isReadyAtOnceWithKeysOfItsOwn() {
    assertThat(withSecret.ready()).isCompleted();
  }

  @Nested
  class Signatures {
    @Test
    void acceptsHs256WithTheSecret() {
      assertThat(user(withSecret, Tokens.hs256(Tokens.claims())).id()).isEqualTo("ada");
    }

    @Test
    void acceptsRs256WithThePublicKeyWhateverItsKid() {
      JwtAuthenticator authenticator = withRsa();
      assertThat(user(authenticator, Tokens.rs256(Tokens.RSA, null, Tokens.claims())).id())
          .isEqualTo("ada");
      assertThat(user(authenticator, Tokens.rs256(Tokens.RSA, "any", Tokens.claims())).id())
          .isEqualTo("ada");
    }

    @Test
    void acceptsEs256WithThePublicKey() {
      JwtAuthenticator authenticator =
          Tokens.builder(b -> b.publicKey(Tokens.ecPublicKey()).anyAudience()).build();
      assertThat(user(authenticator, Tokens.es256(Tokens.EC, null, Tokens.claims())).id())
          .isEqualTo("ada");
    }

    @Test
    void acceptsWhateverOneOfSeveralKeysSigned() {
      JwtAuthenticator authenticator =
          Tokens.builder(
                  b ->
                      b.secret(Tokens.SECRET)
                          .publicKey(Tokens.rsaPublicKey())
                          .publicKey(Tokens.ecPublicKey())
                          .anyAudience())
              .build();
      for (String token :
          List.of(
              Tokens.hs256(Tokens.claims()),
              Tokens.rs256(Tokens.RSA, null, Tokens.claims()),
              Tokens.es256(Tokens.EC, null, Tokens.claims()))) {
        assertThat(user(authenticator, token).id()).isEqualTo("ada");
      }
    }

    @Test
    void acceptsTheKeyOfASetThatTheTokenNames() {
      JwtAuthenticator authenticator =
          Tokens.builder(b -> b.keySet(Tokens.keySet(Tokens.RSA, Tokens.OTHER_RSA)).anyAudience())
              .build();
      assertThat(user(authenticator, Tokens.rs256(Tokens.RSA, "rsa-1", Tokens.claims())).id())
          .isEqualTo("ada");
      assertThat(reason(authenticator, Tokens.rs256(Tokens.RSA, "rsa-2", Tokens.claims())))
          .isEqualTo("signature: does not match");
      assertThat(reason(authenticator, Tokens.rs256(Tokens.RSA, "rsa-3", Tokens.claims())))
          .isEqualTo("kid: rsa-3 (its key is not known)");
    }

    @Test
    void refusesAForeignSignature() {
      byte[] other = Tokens.SECRET.clone();
      other[0]++;
      String token =
          Tokens.sign(new JWSHeader(JWSAlgorithm.HS256), Tokens.claims(), Tokens.macSigner(other));
      assertThat(reason(withSecret, token)).isEqualTo("signature: does not match");
    }

    @Test
    void refusesAChangedPayload() {
      String[] good = Tokens.hs256(Tokens.claims()).split("\\.", -1);
      String[] evil = Tokens.hs256(Tokens.claims().subject("eve")).split("\\.", -1);
      assertThat(reason(withSecret, good[0] + "." + evil[1] + "." + good[2]))
          .isEqualTo("signature: does not match");
    }

    @Test
    void refusesAnUnsignedToken() {
      assertThat(reason(withSecret, new PlainJWT(Tokens.claims().build()).serialize()))
          .isEqualTo("token: not a signed JWT");
    }

    @Test
    void neverTakesAPublicKeyForASecret() {
      String token =
          Tokens.sign(
              new JWSHeader(JWSAlgorithm.HS256),
              Tokens.claims(),
              Tokens.macSigner(Tokens.rsaPublicKey().getEncoded()));
      assertThat(reason(withRsa(), token)).isEqualTo("alg: HS256 (no key for it was configured)");
      JwtAuthenticator both =
          Tokens.builder(
                  b -> b.secret(Tokens.SECRET).publicKey(Tokens.rsaPublicKey()).anyAudience())
              .build();
      assertThat(reason(both, token)).isEqualTo("signature: does not match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS384", "HS512"})
    void refusesAlgorithmsThatWereNotAskedFor(String algorithm) {
      byte[] secret = Arrays.copyOf(Tokens.SECRET, 64);
      String token =
          Tokens.sign(
              new JWSHeader(JWSAlgorithm.parse(algorithm)),
              Tokens.claims(),
              Tokens.macSigner(secret));
      assertThat(reason(Tokens.builder(b -> b.secret(secret)).build(), token))
          .isEqualTo("alg: " + algorithm + " (no key for it was configured)");
    }

    @Test
    void refusesRsaPaddingThatWasNotAskedFor() throws JOSEException {
      String token =
          Tokens.sign(
              new JWSHeader(JWSAlgorithm.PS256), Tokens.claims(), new RSASSASigner(Tokens.RSA));
      assertThat(reason(withRsa(), token)).isEqualTo("alg: PS256 (no key for it was configured)");
    }

    @Test
    void refusesACriticalHeaderItDoesNotKnow() {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.HS256)
              .criticalParams(Set.of("audit"))
              .customParam("audit", true)
              .build();
      String token = Tokens.sign(header, Tokens.claims(), Tokens.macSigner(Tokens.SECRET));
      assertThat(reason(withSecret, token)).isEqualTo("signature: does not match");
    }

    @ParameterizedTest
    @CsvSource({"JWT,true", "jwt,true", "at+jwt,true", "logout+jwt,false"})
    void acceptsAccessTokensOnly(String type, boolean accepted) {
      var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(type)).build();
      String token = Tokens.sign(header, Tokens.claims(), Tokens.macSigner(Tokens.SECRET));
      assertThat(withSecret.authenticate(Tokens.bearer(token)))
          .isInstanceOf(accepted ? Authenticated.class : Refused.class);
    }
  }

  @Nested
  class Times {
    private final JwtAuthenticator authenticator =
        Tokens.builder(b -> b.secret(Tokens.SECRET).clockSkew(Duration.ofSeconds(60))).build();

    @ParameterizedTest
    @CsvSource({"3600,true", "0,true", "-60,true", "-61,false", "-86400,false"})
    void acceptsATokenUntilItsExpiryAndTheSkew(long seconds, boolean accepted) {
      Instant expires = Tokens.NOW.plusSeconds(seconds);
      Result result = authenticate(Tokens.claims().expirationTime(Date.from(expires)));
      if (accepted) {
        assertThat(Objects.requireNonNull(result.user()).expiresAt()).isEqualTo(expires);
      } else {
        assertThat(result)
            .isEqualTo(Result.refused("exp: " + expires + " (now: 2026-03-01T12:00:00Z)"));
      }
    }

    @ParameterizedTest
    @CsvSource({"-10,true", "0,true", "60,true", "61,false"})
    void acceptsATokenFromItsStartLessTheSkew(long seconds, boolean accepted) {
      Instant start = Tokens.NOW.plusSeconds(seconds);
      Result result = authenticate(Tokens.claims().notBeforeTime(Date.from(start)));
      if (accepted) {
        assertThat(result.user()).isNotNull();
      } else {
        assertThat(result)
            .isEqualTo(Result.refused("nbf: " + start + " (now: 2026-03-01T12:00:00Z)"));
      }
    }

    @Test
    void refusesATokenWithoutExpiryUnlessToldOtherwise() {
      String token = Tokens.hs256(Tokens.claims().expirationTime(null));
      assertThat(reason(authenticator, token)).isEqualTo("exp: missing");
      JwtAuthenticator lenient =
          Tokens.builder(b -> b.secret(Tokens.SECRET).expiryRequired(false)).build();
      assertThat(user(lenient, token).expiresAt()).isNull();
    }

    private Result authenticate(JWTClaimsSet.Builder claims) {
      return authenticator.authenticate(Tokens.bearer(Tokens.hs256(claims)));
    }
  }

  @Nested
  class IssuersAndAudiences {
    private final JwtAuthenticator authenticator =
        Tokens.builder(b -> b.secret(Tokens.SECRET).issuer("https://id.example").audience("chat"))
            .build();

    @Test
    void acceptsWhatIsMeantForUs() {
      assertThat(user(authenticator, Tokens.hs256(good())).id()).isEqualTo("ada");
      assertThat(user(authenticator, Tokens.hs256(good().audience(List.of("news", "chat")))).id())
          .isEqualTo("ada");
    }

    @Test
    void refusesAnotherIssuerAndNone() {
      assertThat(reason(authenticator, Tokens.hs256(good().issuer("https://evil.example"))))
          .isEqualTo("iss: https://evil.example (expected: one of [https://id.example])");
      assertThat(reason(authenticator, Tokens.hs256(good().issuer(null))))
          .isEqualTo("iss: missing (expected: one of [https://id.example])");
    }

    @Test
    void refusesAnotherAudienceAndNone() {
      assertThat(reason(authenticator, Tokens.hs256(good().audience("news"))))
          .isEqualTo("aud: [news] (expected: one of [chat])");
      assertThat(reason(authenticator, Tokens.hs256(good().audience(List.of()))))
          .isEqualTo("aud: [] (expected: one of [chat])");
    }

    @Test
    void cutsAndCleansAForeignTextForTheLog() {
      String issuer = "line\n\u001b[31m" + "x".repeat(200);
      assertThat(reason(authenticator, Tokens.hs256(good().issuer(issuer))))
          .isEqualTo(
              "iss: line??[31m" + "x".repeat(70) + "... (expected: one of [https://id.example])");
    }

    private static JWTClaimsSet.Builder good() {
      return Tokens.claims().issuer("https://id.example").audience("chat");
    }
  }

  @Nested
  class Users {
    @Test
    void takesRolesFromTextsAndArraysOfBothClaims() {
      String token =
          Tokens.hs256(
              Tokens.claims().claim("role", "admin").claim("roles", List.of("editor", "admin", 7)));
      assertThat(user(withSecret, token).roles()).containsExactlyInAnyOrder("admin", "editor");
    }

    @Test
    void takesIdAndRolesFromTheClaimsItIsTold() {
      JwtAuthenticator authenticator =
          Tokens.builder(b -> b.secret(Tokens.SECRET).idClaim("uid").roleClaims("groups")).build();
      User user =
          user(
              authenticator,
              Tokens.hs256(
                  Tokens.claims().claim("uid", 42).claim("groups", "ops").claim("role", "admin")));
      assertThat(user.id()).isEqualTo("42");
      assertThat(user.roles()).containsExactly("ops");
    }

    @Test
    void refusesATokenThatNamesNobody() {
      assertThat(reason(withSecret, Tokens.hs256(Tokens.claims().subject(null))))
          .isEqualTo("sub: no text or whole number (expected: the user's id)");
      assertThat(reason(withSecret, Tokens.hs256(Tokens.claims().subject(""))))
          .isEqualTo("sub: no text or whole number (expected: the user's id)");
    }

    @Test
    void keepsAllOtherClaims() {
      User user =
          user(
              withSecret,
              Tokens.hs256(
                  Tokens.claims()
                      .claim("email", "ada@example.org")
                      .claim("address", Map.of("lines", Arrays.asList("a", null)))
                      .claim("nothing", null)));
      assertThat(user.claims())
          .containsEntry("email", "ada@example.org")
          .containsEntry("exp", Tokens.NOW.plusSeconds(3600))
          .containsEntry("address", Map.of("lines", Arrays.asList("a", null)))
          .doesNotContainKey("nothing");
    }
  }

  private static JwtAuthenticator withRsa() {
    return Tokens.builder(b -> b.publicKey(Tokens.rsaPublicKey()).anyAudience()).build();
  }

  private static User user(JwtAuthenticator authenticator, String token) {
    Result result = authenticator.authenticate(Tokens.bearer(token));
    assertThat(result).isInstanceOf(Authenticated.class);
    return Objects.requireNonNull(result.user());
  }

  private static String reason(JwtAuthenticator authenticator, String token) {
    Result result = authenticator.authenticate(Tokens.bearer(token));
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).reason();
  }
}
