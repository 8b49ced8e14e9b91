package dev.hubwire.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.AllowedOrigins;
import dev.hubwire.transport.EndpointPolicy;
import dev.hubwire.transport.TransportOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginTest {
  private static final String FRIEND = "Origin: https://app.example\r\n";
  private static final String STRANGER = "Origin: https://evil.example\r\n";
  private static final String PREFLIGHT =
      String.join(
          "\r\n",
          "Access-Control-Request-Method: POST",
          "Access-Control-Request-Headers: authorization,x-requested-with",
          "");

  /** Test thread only. */
  private final EndpointServer server =
      new EndpointServer(
          TransportOptions.builder()
              .allowedOrigins(AllowedOrigins.of("https://app.example"))
              .policy(EndpointPolicy.AUTHENTICATED)
              .build());

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"POST,/chat/negotiate", "GET,/chat", "POST,/chat", "DELETE,/chat", "OPTIONS,/chat"})
  void aStrangerIsRefusedAndToldWhichOptionItIs(String verb, String target) {
    RawHttp.Answered answer = server.http.send(verb, target, STRANGER);

    assertThat(answer.summary())
        .isEqualTo(
            "403 Forbidden | text/plain | The origin of this page may not use this endpoint. Add it"
                + " to the endpoint's allowedOrigins.");
    assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    assertThat(answer.header("Vary")).isEqualTo("Origin");
  }

  @Test
  void aWebSocketOfAStrangerIsRefused() {
    String head = RawHttp.UPGRADE + STRANGER;
    assertThat(server.http.send("GET", "/chat", head).status()).isEqualTo("403 Forbidden");
  }

  @Test
  void aFriendMayReadEvenRefusals() {
    RawHttp.Answered answer = server.http.send("POST", "/chat/negotiate", FRIEND);

    assertThat(answer.status()).isEqualTo("401 Unauthorized");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
  }

  @Test
  void aFriendsPreflightIsAnsweredWithoutCredentials() {
    RawHttp.Answered answer = server.http.send("OPTIONS", "/chat/negotiate", FRIEND + PREFLIGHT);

    assertThat(answer.status()).isEqualTo("204 No Content");
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("POST");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .isEqualTo("authorization,x-requested-with");
    assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("7200");
  }

  @Test
  void pagesOfTheServerItselfAndClientsThatAreNoBrowsersPass() {
    assertThat(server.http.send("GET", "/chat", "Origin: http://localhost\r\n").status())
        .isEqualTo("401 Unauthorized");
    assertThat(server.http.send("GET", "/chat", "").status()).isEqualTo("401 Unauthorized");
  }
}
