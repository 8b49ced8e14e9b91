package dev.hubwire.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorBuilderTest {
  @Test
  void asksForAKey() {
    refusesToBuild(b -> b, "keys: none (expected: a secret, a public key or a key set)");
  }

  @Test
  void asksForADecisionAboutTheAudienceWherePublicKeysAreUsed() {
    refusesToBuild(
        b -> b.publicKey(Tokens.rsaPublicKey()),
        "audience: none (expected with public keys: at least one, or anyAudience())");
    refusesToBuild(
        b -> b.keySet(Tokens.keySet(Tokens.RSA)),
        "audience: none (expected with public keys: at least one, or anyAudience())");
    refusesToBuild(
        b -> b.secret(Tokens.SECRET).audience("chat").anyAudience(),
        "audience: [chat] (expected with anyAudience(): none)");
  }

  @Test
  void refusesWeakKeys() throws JOSEException {
    refuses(b -> b.secret(new byte[31]), "secret: 31 bytes (expected: >= 32, RFC 7518 §3.2)");
    PublicKey weak = Tokens.rsa("weak", 1024).toRSAPublicKey();
    refuses(
        b -> b.publicKey(weak), "publicKey: RSA of 1024 bits (expected: >= 2048, RFC 7518 §3.3)");
    PublicKey p384 = Tokens.ec("ec", Curve.P_384).toECPublicKey();
    refuses(b -> b.publicKey(p384), "publicKey: EC (expected: RSA, or EC on curve P-256)");
  }

  @Test
  void refusesAKeySetWithoutAUsableKey() {
    refuses(b -> b.keySet("{"), "keySet: not a JWK set (RFC 7517 §5)");
    refuses(
        b -> b.keySet("{\"keys\":[]}"),
        "keySet: no key for RS256 or ES256 (expected: at least one)");
    var encryption = new RSAKey.Builder(Tokens.rsaPublicKey()).keyUse(KeyUse.ENCRYPTION).build();
    refuses(
        b -> b.keySet(Tokens.keySet(encryption, Tokens.rsa("weak", 1024))),
        "keySet: no key for RS256 or ES256 (expected: at least one)");
    var secret = new OctetSequenceKey.Builder(Tokens.SECRET).build();
    refuses(
        b -> b.keySet("{\"keys\":[" + secret.toJSONString() + "]}"),
        "keySet: no key for RS256 or ES256 (expected: at least one)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/keys",
        "http://10.0.0.1/keys",
        "http://localhost.example/keys",
        "file:///etc/keys",
        "ftp://localhost/keys",
        "keys"
      })
  void refusesAnAddressThatOthersCouldAnswerFor(String url) {
    refuses(
        b -> b.keySetUrl(URI.create(url), task -> {}),
        "keySetUrl: " + url + " (expected: https, or http to a loopback address)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example/keys",
        "http://localhost:8080/keys",
        "http://127.0.0.1/keys",
        "http://[::1]/keys"
      })
  void takesOneAddressThatOnlyTheIssuerAnswersFor(String url) {
    assertThatCode(() -> JwtAuthenticator.builder().keySetUrl(URI.create(url), task -> {}))
        .doesNotThrowAnyException();
    refuses(
        b -> b.keySetUrl(URI.create(url), task -> {}).keySetUrl(URI.create(url), task -> {}),
        "keySetUrl: a second one (expected: one)");
  }

  @Test
  void refusesDurationsThatMakeNoSense() {
    refuses(b -> b.clockSkew(Duration.ofSeconds(-1)), "clockSkew: PT-1S (expected: >= PT0S)");
    refuses(
        b -> b.keyRefresh(Duration.ofSeconds(29)), "keyRefresh: PT29S (expected: PT30S to PT24H)");
    refuses(
        b -> b.keyRefresh(Duration.ofHours(25)), "keyRefresh: PT25H (expected: PT30S to PT24H)");
  }

  @Test
  void refusesEmptyNames() {
    refuses(b -> b.issuer(""), "issuer: empty (expected: the iss of the tokens)");
    refuses(b -> b.audience(""), "audience: empty (expected: the aud of the tokens)");
    refuses(b -> b.idClaim(""), "idClaim: empty (expected: the name of a claim)");
  }

  private static void refuses(UnaryOperator<JwtAuthenticatorBuilder> options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.apply(JwtAuthenticator.builder()))
        .withMessage(message);
  }

  private static void refusesToBuild(
      UnaryOperator<JwtAuthenticatorBuilder> options, String message) {
    assertThatIllegalStateException()
        .isThrownBy(() -> options.apply(JwtAuthenticator.builder()).build())
        .withMessage(message);
  }
}
