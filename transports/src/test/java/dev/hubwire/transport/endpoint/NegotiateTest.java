package dev.hubwire.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Redirect;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.TransportOptions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiateTest {
  private static final String ALL_TRANSPORTS =
      """
      "availableTransports":[\
      {"transport":"WebSockets","transferFormats":["Text","Binary"]},\
      {"transport":"ServerSentEvents","transferFormats":["Text"]},\
      {"transport":"LongPolling","transferFormats":["Text","Binary"]}]}""";

  private static final String NOT_AN_INTEGER =
      """
      200 OK | application/json | \
      {"error":"The client requested a non-integer protocol version."}""";

  /** Test thread only. */
  private EndpointServer server = new EndpointServer(TransportOptions.defaults());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void versionOneAnswersWithIdAndToken() {
    RawHttp.Answered answer = negotiate("?negotiateVersion=1");

    assertThat(answer.status()).isEqualTo("200 OK");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length());
    assertThat(answer.header("Cache-Control")).isNull();
    assertThat(masked(answer))
        .isEqualTo(
            "{\"negotiateVersion\":1,\"connectionId\":\"*\",\"connectionToken\":\"*\","
                + ALL_TRANSPORTS);
    assertThat(server.table.pendingCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?negotiateVersion=0", "?negotiateVersion=-0", "?x=1&&=2"})
  void versionZeroAnswersWithoutAToken(String query) {
    assertThat(masked(negotiate(query)))
        .isEqualTo("{\"negotiateVersion\":0,\"connectionId\":\"*\"," + ALL_TRANSPORTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2",
        "99",
        "%2B1",
        "+1+",
        "1%00",
        "%091%0D",
        "1&NEGOTIATEVERSION=",
        "&negotiateversion=1"
      })
  void whateverDotNetReadsAsOneOrMoreIsVersionOne(String value) {
    assertThat(masked(negotiate("?negotiateVersion=" + value)))
        .startsWith("{\"negotiateVersion\":1,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "negotiateVersion",
        "negotiateVersion=",
        "negotiateVersion=abc",
        "negotiateVersion=1.5",
        "negotiateVersion=2147483648",
        "negotiateVersion=1&negotiateVersion=1",
        "negotiateVersion=%C2%A01",
        "negotiateVersion=1%00%20"
      })
  void anythingElseIsAnErrorWithStatus200AndNoConnection(String query) {
    assertThat(negotiate("?" + query).summary()).isEqualTo(NOT_AN_INTEGER);
    assertThat(server.table.negotiatedCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-1,-1", "-2147483648,-2147483648"})
  void aVersionThatIsTooLowIsNamed(String value, String named) {
    assertThat(negotiate("?negotiateVersion=" + value).body())
        .isEqualTo(
            "{\"error\":\"The client requested version '"
                + named
                + "', but the server does not support this version.\"}");
  }

  @Test
  void aMinimumVersionShutsOutOldClients() {
    restart(TransportOptions.builder().minimumNegotiateVersion(1).build());

    assertThat(negotiate("").body())
        .isEqualTo(
            "{\"error\":\"The client requested version '0', but the server does not support this"
                + " version.\"}");
    assertThat(masked(negotiate("?negotiateVersion=1"))).startsWith("{\"negotiateVersion\":1,");
  }

  @Test
  void statefulReconnectIsIgnoredUnlessAllowed() {
    assertThat(masked(negotiate("?negotiateVersion=1&useStatefulReconnect=true")))
        .startsWith("{\"negotiateVersion\":1,");
  }

  @ParameterizedTest
  @CsvSource({
    "useStatefulReconnect=true,true",
    "USESTATEFULRECONNECT=%20True%09,true",
    "useStatefulReconnect=1,false",
    "useStatefulReconnect=true&useStatefulReconnect=true,false",
    "useStatefulReconnect,false",
    "other=true,false"
  })
  void statefulReconnectIsGrantedToWhoAsksForIt(String query, boolean granted) {
    restart(TransportOptions.builder().allowStatefulReconnects(true).build());

    assertThat(masked(negotiate("?negotiateVersion=1&" + query)))
        .startsWith(
            granted
                ? "{\"useStatefulReconnect\":true,\"negotiateVersion\":1,"
                : "{\"negotiateVersion\":1,");
  }

  @Test
  void onlyTransportsThatAreConfiguredAndCarriedAreOffered() {
    var options =
        TransportOptions.builder()
            .transports(List.of(Transport.WEB_SOCKETS, Transport.LONG_POLLING))
            .build();
    server.close();
    server =
        new EndpointServer(
            options, Set.of(Transport.LONG_POLLING, Transport.SERVER_SENT_EVENTS), null);

    assertThat(masked(negotiate("")))
        .endsWith(
            "\"availableTransports\":["
                + "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]}");
  }

  @Test
  void noTransportAtAllIsAnEmptyOffer() {
    restart(TransportOptions.builder().transports(List.of()).build());

    assertThat(masked(negotiate(""))).endsWith("\"availableTransports\":[]}");
  }

  @Test
  void theApplicationMayRedirect() {
    restart(
        TransportOptions.builder()
            .negotiateInterceptor(
                request -> {
                  String region = request.queryParameter("region");
                  return region == null
                      ? null
                      : new Redirect("https://" + region + ".example/chat", "secret");
                })
            .build());

    assertThat(negotiate("?negotiateVersion=1&region=eu").summary())
        .isEqualTo(
            "200 OK | application/json | {\"negotiateVersion\":1,"
                + "\"url\":\"https://eu.example/chat\",\"accessToken\":\"secret\","
                + "\"availableTransports\":[]}");
    assertThat(server.table.negotiatedCount()).isZero();
    assertThat(negotiate("?negotiateVersion=x&region=eu").summary()).isEqualTo(NOT_AN_INTEGER);
    assertThat(masked(negotiate("?negotiateVersion=1"))).startsWith("{\"negotiateVersion\":1,");
  }

  @Test
  void aNamedNodeSignsItsTokens() {
    server.close();
    server =
        new EndpointServer(TransportOptions.defaults(), Transport.all(), new NodeName("node-1"));

    assertThat(negotiate("?negotiateVersion=1").body())
        .containsPattern("\"connectionToken\":\"node-1\\.[A-Za-z0-9_-]{22}\"");
  }

  @Test
  void aFullTableIsATemporaryRefusal() {
    for (int i = 0; i < 50; i++) {
      negotiate("");
    }

    assertThat(negotiate("").summary())
        .isEqualTo(
            "503 Service Unavailable | text/plain | Too many negotiated connections wait for a"
                + " transport. Try again in a few seconds.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "OPTIONS", "PUT", "PATCH", "DELETE", "FOO"})
  void onlyPostNegotiates(String verb) {
    RawHttp.Answered answer = server.http.send(verb, "/chat/negotiate", "");

    assertThat(answer.summary()).isEqualTo("405 Method Not Allowed | text/plain | ");
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.header("Allow")).isNull();
  }

  private RawHttp.Answered negotiate(String query) {
    return server.http.send("POST", "/chat/negotiate" + query, "");
  }

  private void restart(TransportOptions options) {
    server.close();
    server = new EndpointServer(options);
  }

  private static String masked(RawHttp.Answered answer) {
    return answer.body().replaceAll("\"[A-Za-z0-9_-]{22}\"", "\"*\"");
  }
}
