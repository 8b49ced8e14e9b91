package dev.hubwire.negotiation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.negotiation.token.ConnectionId;
import dev.hubwire.negotiation.token.ConnectionIdentity;
import dev.hubwire.negotiation.token.ConnectionToken;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiateCodecTest {
  private static final ConnectionIdentity SEPARATE = identity("807809a5rjEXb3MUwzP2ug", "secret");
  private static final ConnectionIdentity SHARED = identity("same", "same");

  @Test
  void versionOneCarriesIdAndToken() {
    assertThat(written(new NegotiateResponse.Accepted(1, false, SEPARATE, Transport.all())))
        .isEqualTo(
            """
            {"negotiateVersion":1,"connectionId":"807809a5rjEXb3MUwzP2ug",\
            "connectionToken":"secret","availableTransports":[\
            {"transport":"WebSockets","transferFormats":["Text","Binary"]},\
            {"transport":"ServerSentEvents","transferFormats":["Text"]},\
            {"transport":"LongPolling","transferFormats":["Text","Binary"]}]}""");
  }

  @Test
  void versionZeroHasNoToken() {
    assertThat(
            written(
                new NegotiateResponse.Accepted(
                    0, false, SHARED, EnumSet.of(Transport.WEB_SOCKETS))))
        .isEqualTo(
            """
            {"negotiateVersion":0,"connectionId":"same","availableTransports":[\
            {"transport":"WebSockets","transferFormats":["Text","Binary"]}]}""");
  }

  @Test
  void theLifetimeOfATokenComesBeforeTheTransports() {
    NegotiateResponse response =
        new NegotiateResponse.Accepted(1, false, SEPARATE, Set.of(), OptionalInt.of(1_790));
    assertThat(written(response))
        .isEqualTo(
            """
            {"negotiateVersion":1,"connectionId":"807809a5rjEXb3MUwzP2ug",\
            "connectionToken":"secret","tokenLifetimeSeconds":1790,"availableTransports":[]}""");
    assertThat(NegotiateCodec.read(NegotiateCodec.write(response))).isEqualTo(response);
  }

  @Test
  void statefulReconnectComesFirstAndOnlyWhenGranted() {
    assertThat(written(new NegotiateResponse.Accepted(1, true, SEPARATE, Set.of())))
        .isEqualTo(
            """
            {"useStatefulReconnect":true,"negotiateVersion":1,\
            "connectionId":"807809a5rjEXb3MUwzP2ug","connectionToken":"secret",\
            "availableTransports":[]}""");
  }

  @Test
  void aRedirectCarriesItsUrlAndTokenAndNoConnection() {
    assertThat(
            written(
                new NegotiateResponse.Redirected(
                    1, new Redirect("https://two.example/chat?a=1&b='2'", "e30.<x>+/"))))
        .isEqualTo(
            """
            {"negotiateVersion":1,"url":"https://two.example/chat?a=1&b='2'",\
            "accessToken":"e30.<x>+/","availableTransports":[]}""");
  }

  @Test
  void aRedirectMayLeaveTheTokenOut() {
    assertThat(written(new NegotiateResponse.Redirected(0, new Redirect("https://two/", null))))
        .isEqualTo(
            """
            {"negotiateVersion":0,"url":"https://two/","availableTransports":[]}""");
  }

  @Test
  void aRefusalIsNothingButItsError() {
    assertThat(written(new NegotiateResponse.Refused("The client requested version '-1'")))
        .isEqualTo(
            """
            {"error":"The client requested version '-1'"}""");
  }

  @Test
  void onlyWhatJsonDemandsIsEscaped() {
    assertThat(written(new NegotiateResponse.Refused("\"\\\n\u0001 é € 😀 </&>")))
        .isEqualTo("{\"error\":\"\\\"\\\\\\n\\u0001 é € 😀 </&>\"}");
  }

  @Test
  void unknownPropertiesAndTransportsAreSkippedInReading() {
    assertThat(
            read(
                """
                {"future":{"a":[1]},"availableTransports":[{"transferFormats":["Text"],\
                "transport":"Pigeons"},{"transport":"LongPolling","transferFormats":[]}],\
                "connectionToken":"secret","url":"","accessToken":null,\
                "connectionId":"807809a5rjEXb3MUwzP2ug","negotiateVersion":1}"""))
        .isEqualTo(
            new NegotiateResponse.Accepted(1, false, SEPARATE, EnumSet.of(Transport.LONG_POLLING)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{}",
        "{\"connectionId\":1}",
        "{\"negotiateVersion\":\"1\"}",
        "{\"negotiateVersion\":7,\"connectionId\":\"a\",\"connectionToken\":\"b\"}",
        "{\"negotiateVersion\":1,\"connectionId\":\"a\"}",
        "{\"connectionId\":\"a\",\"availableTransports\":{}}"
      })
  void whatIsNoResponseIsRefusedInReading(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void versionZeroCannotHaveATokenOfItsOwn() {
    assertThatThrownBy(() -> new NegotiateResponse.Accepted(0, false, SEPARATE, Set.of()))
        .hasMessage("identity: id and token differ (expected: the same in version 0)");
  }

  @Test
  void aRedirectDoesNotPrintItsToken() {
    assertThat(new Redirect("https://two/", "e30"))
        .hasToString("Redirect[url=https://two/, accessToken=***]");
  }

  @Property
  void whatIsWrittenReadsBackTheSame(@ForAll("responses") NegotiateResponse response) {
    assertThat(NegotiateCodec.read(NegotiateCodec.write(response))).isEqualTo(response);
  }

  @Provide
  Arbitrary<NegotiateResponse> responses() {
    Arbitrary<String> text =
        Arbitraries.strings().ofMinLength(1).ofMaxLength(30).filter(NegotiateCodecTest::isUnicode);
    Arbitrary<Set<Transport>> transports = Arbitraries.of(Transport.class).set();
    Arbitrary<Integer> version = Arbitraries.of(0, 1);
    Arbitrary<NegotiateResponse> accepted =
        Combinators.combine(version, Arbitraries.of(true, false), text, text, transports)
            .as(
                (v, stateful, id, token, offered) ->
                    new NegotiateResponse.Accepted(
                        v, stateful, identity(id, v == 0 ? id : token), offered));
    Arbitrary<NegotiateResponse> redirected =
        Combinators.combine(version, text, text.injectNull(0.3))
            .as((v, url, token) -> new NegotiateResponse.Redirected(v, new Redirect(url, token)));
    return Arbitraries.oneOf(
        accepted, redirected, text.map(error -> new NegotiateResponse.Refused(error)));
  }

  private static boolean isUnicode(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  private static ConnectionIdentity identity(String id, String token) {
    return new ConnectionIdentity(new ConnectionId(id), new ConnectionToken(token));
  }

  private static String written(NegotiateResponse response) {
    return new String(NegotiateCodec.write(response), UTF_8);
  }

  private static NegotiateResponse read(String json) {
    return NegotiateCodec.read(json.getBytes(UTF_8));
  }
}
