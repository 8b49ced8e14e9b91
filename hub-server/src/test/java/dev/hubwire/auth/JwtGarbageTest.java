package dev.hubwire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.Authenticator.Refused;
import dev.hubwire.transport.Authenticator.Result;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes as a token, it is refused, and the reason does not quote it. */
class JwtGarbageTest {
  private static final String GOOD = Tokens.hs256(Tokens.claims());

  private final JwtAuthenticator authenticator =
      Tokens.builder(
              b ->
                  b.secret(Tokens.SECRET)
                      .publicKey(Tokens.rsaPublicKey())
                      .publicKey(Tokens.ecPublicKey())
                      .anyAudience())
          .build();

  @Property
  void refusesAnyText(@ForAll String text) {
    assertRefused("x" + text);
  }

  @Property
  void refusesAnyThreeParts(@ForAll("parts") String token) {
    assertRefused(token);
  }

  @Property
  void refusesAGoodTokenWithOneCharacterChanged(
      @ForAll @IntRange(min = 0) int position, @ForAll("base64url") char replacement) {
    // The last character holds bits that no byte has: changing it need not change the signature.
    int at = position % (GOOD.length() - 1);
    if (GOOD.charAt(at) != replacement) {
      assertRefused(GOOD.substring(0, at) + replacement + GOOD.substring(at + 1));
    }
  }

  @Property
  void refusesAGoodTokenCutShort(@ForAll @IntRange(min = 1) int length) {
    assertRefused(GOOD.substring(0, 1 + length % (GOOD.length() - 1)));
  }

  @Property(tries = 20)
  void refusesNestingWithoutEnd(@ForAll @IntRange(min = 1, max = 12_000) int depth) {
    assertRefused(encode("{\"alg\":" + "[".repeat(depth)) + ".e30.AAAA");
  }

  @Property(tries = 20)
  void refusesATokenOfUnreasonableLength(@ForAll @IntRange(min = 16_385, max = 100_000) int size) {
    assertThat(authenticator.authenticate(Tokens.bearer("x".repeat(size))))
        .isEqualTo(new Refused("token: " + size + " characters (expected: <= 16384)"));
  }

  @Provide
  Arbitrary<String> parts() {
    Arbitrary<String> header =
        Arbitraries.of("HS256", "RS256", "ES256", "none", "HS512", "")
            .flatMap(
                alg ->
                    Arbitraries.of(
                        "{\"alg\":\"" + alg + "\"}",
                        "{\"alg\":\"" + alg + "\",\"kid\":7}",
                        "{\"alg\":\"" + alg + "\",\"crit\":[\"x\"]}",
                        "{\"alg\":\"" + alg + "\",\"typ\":\"\"}",
                        "{\"alg\":\"" + alg + "\",\"alg\":null}",
                        "[\"" + alg + "\"]"));
    Arbitrary<String> payload =
        Arbitraries.oneOf(
            Arbitraries.of("{\"sub\":\"ada\",\"exp\":99999999999}", "{}", "null", ""),
            Arbitraries.strings());
    Arbitrary<String> signature = Arbitraries.strings().ofMaxLength(300);
    return Combinators.combine(header, payload, signature)
        .as((h, p, s) -> encode(h) + "." + encode(p) + "." + encode(s));
  }

  @Provide
  Arbitrary<Character> base64url() {
    return Arbitraries.chars().alpha().numeric().with('-', '_', '.');
  }

  private void assertRefused(String token) {
    Result result = authenticator.authenticate(Tokens.bearer(token));
    assertThat(result).isInstanceOf(Refused.class);
    String reason = ((Refused) result).reason();
    assertThat(reason).hasSizeLessThan(200);
    if (token.length() > 12) {
      assertThat(reason).doesNotContain(token);
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
