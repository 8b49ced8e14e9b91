package dev.hubwire.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.EndpointPolicy;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessTest {
  /** Test thread only. */
  private EndpointServer server = withPolicy(EndpointPolicy.anyRole(Set.of("admin")));

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/chat/negotiate",
    "OPTIONS,/chat/negotiate",
    "GET,/chat",
    "POST,/chat",
    "DELETE,/chat",
    "PUT,/chat",
    "GET,/chat?id=nope"
  })
  void aRequestWithoutAUserIsChallengedBeforeAnythingElse(String verb, String target) {
    RawHttp.Answered answer = server.http.send(verb, target, "");

    assertThat(answer.summary()).isEqualTo("401 Unauthorized | null | ");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(server.http.send(verb, target, "X-User: bad\r\n").summary())
        .isEqualTo("401 Unauthorized | null | ");
  }

  @ParameterizedTest
  @CsvSource({"POST,/chat/negotiate", "GET,/chat", "POST,/chat", "DELETE,/chat", "PUT,/chat"})
  void aUserWithoutTheRoleIsForbidden(String verb, String target) {
    RawHttp.Answered answer = server.http.send(verb, target, "X-User: guest\r\n");

    assertThat(answer.summary()).isEqualTo("403 Forbidden | null | ");
    assertThat(answer.header("WWW-Authenticate")).isNull();
  }

  @Test
  void aUserWithTheRoleComesInAndIsKnownToTheTransport() throws Exception {
    RawHttp.Answered answer =
        server.http.send("GET", "/chat", "X-User: admin\r\n" + RawHttp.UPGRADE);

    assertThat(answer.body()).isEqualTo("WEB_SOCKETS first");
    assertThat(server.attachments.take().request().user())
        .isEqualTo(new User("admin", Set.of("admin"), Map.of(), null));
  }

  @Test
  void otherPathsAreNotGuarded() {
    assertThat(server.http.send("GET", "/other", "").status()).isEqualTo("404 Not Found");
  }

  @Test
  void badCredentialsAreRefusedEvenWhereNoneAreAskedFor() {
    server.close();
    server = withPolicy(EndpointPolicy.ANONYMOUS);

    assertThat(server.http.send("POST", "/chat/negotiate", "X-User: bad\r\n").status())
        .isEqualTo("401 Unauthorized");
    assertThat(server.http.send("POST", "/chat/negotiate", "").status()).isEqualTo("200 OK");
  }

  @Test
  void everyRequestOfAConnectionIsCheckedAgain() {
    server.close();
    server = withPolicy(EndpointPolicy.AUTHENTICATED);
    String token =
        server
            .http
            .send("POST", "/chat/negotiate", "X-User: ann\r\n")
            .body()
            .replaceAll(".*\"connectionId\":\"([^\"]+)\".*", "$1");

    assertThat(server.open(Transport.LONG_POLLING, "/chat?id=" + token).status())
        .isEqualTo("401 Unauthorized");
    assertThat(server.http.send("GET", "/chat?id=" + token, "X-User: ann\r\n").body())
        .isEqualTo("LONG_POLLING first");
    assertThat(server.http.send("DELETE", "/chat?id=" + token, "").status())
        .isEqualTo("401 Unauthorized");
  }

  private static EndpointServer withPolicy(EndpointPolicy policy) {
    return new EndpointServer(
        TransportOptions.builder().authenticator(AccessTest::whoIs).policy(policy).build());
  }

  /** Every name is a user whose role is called the same; the name "bad" is no good. */
  private static Authenticator.Result whoIs(ConnectionRequest request) {
    String name = request.header("X-User");
    if (name == null) {
      return Authenticator.Result.anonymous();
    }
    return name.equals("bad")
        ? Authenticator.Result.refused("no such user")
        : Authenticator.Result.of(new User(name, Set.of(name), Map.of(), null));
  }
}
