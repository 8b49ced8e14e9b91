package dev.hubwire.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportOptions;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtherVerbsTest {
  private static final String CANNOT_TERMINATE =
      "400 Bad Request | text/plain | Cannot terminate this connection using the DELETE endpoint.";

  private static final String POST_NOT_ALLOWED =
      "405 Method Not Allowed | text/plain | POST requests are not allowed for WebSocket"
          + " connections.";

  /** Test thread only. */
  private EndpointServer server = new EndpointServer(TransportOptions.defaults());

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "PATCH", "TRACE", "FOO", "get"})
  void verbsWithoutAMeaningAreNotAllowed(String verb) {
    RawHttp.Answered answer = server.http.send(verb, server.connection(), "");

    assertThat(answer.summary()).isEqualTo("405 Method Not Allowed | text/plain | ");
    assertThat(answer.header("Allow")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void aConnectionMustBeNamedAndKnown(String verb) {
    assertThat(server.http.send(verb, "/chat", "").summary())
        .isEqualTo("400 Bad Request | text/plain | Connection ID required");
    assertThat(server.http.send(verb, "/chat?id=", "").summary())
        .isEqualTo("400 Bad Request | text/plain | Connection ID required");
    assertThat(server.http.send(verb, "/chat?id=nope", "").summary())
        .isEqualTo("404 Not Found | text/plain | No Connection with that ID");
    assertThat(server.http.send(verb, "/chat?id=nope", RawHttp.UPGRADE).summary())
        .isEqualTo("404 Not Found | text/plain | No Connection with that ID");
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "WEB_SOCKETS", mode = EnumSource.Mode.EXCLUDE)
  void postsGoToTheReceiver(Transport transport) {
    assertThat(server.http.send("POST", server.connection(transport), "").body())
        .isEqualTo("POST for " + transport);
  }

  @Test
  void aPostMayComeBeforeTheTransport() {
    assertThat(server.http.send("POST", server.connection(), "").body()).isEqualTo("POST for null");
  }

  @Test
  void aWebSocketConnectionTakesNoPost() {
    assertThat(server.http.send("POST", server.connection(Transport.WEB_SOCKETS), "").summary())
        .isEqualTo(POST_NOT_ALLOWED);
  }

  @Test
  void aConnectionThatCanOnlyBecomeAWebSocketTakesNoPost() {
    server.close();
    server =
        new EndpointServer(
            TransportOptions.builder().transports(Set.of(Transport.WEB_SOCKETS)).build());

    assertThat(server.http.send("POST", server.connection(), "").summary())
        .isEqualTo(POST_NOT_ALLOWED);
  }

  @Test
  void deleteEndsALongPollingConnection() {
    String target = server.connection(Transport.LONG_POLLING);

    assertThat(server.http.send("DELETE", target, "").summary())
        .isEqualTo("202 Accepted | text/plain | ");
    assertThat(server.connections.getFirst().closes()).containsExactly(CloseReason.CLIENT_CLOSED);
    assertThat(server.http.send("DELETE", target, "").status()).isEqualTo("202 Accepted");

    server.attachments.remove().session().ended();
    assertThat(server.http.send("DELETE", target, "").summary())
        .isEqualTo("404 Not Found | text/plain | No Connection with that ID");
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "LONG_POLLING", mode = EnumSource.Mode.EXCLUDE)
  void deleteEndsNoOtherConnection(Transport transport) {
    assertThat(server.http.send("DELETE", server.connection(transport), "").summary())
        .isEqualTo(CANNOT_TERMINATE);
    assertThat(server.connections.getFirst().closes()).isEmpty();
  }

  @Test
  void deleteEndsNoConnectionWithoutATransport() {
    String target = server.connection();

    assertThat(server.http.send("DELETE", target, "").summary()).isEqualTo(CANNOT_TERMINATE);
    assertThat(server.open(Transport.LONG_POLLING, target).status()).isEqualTo("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/CHAT/negotiate",
        "/chat/NEGOTIATE/",
        "/ch%61t/negotiate",
        "/elsewhere/negotiate",
        "/Elsewhere/Negotiate/"
      })
  void pathsAreComparedIgnoringCaseAndASlashAtTheEnd(String target) {
    assertThat(server.http.send("POST", target, "").status()).isEqualTo("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/chat//",
        "//chat",
        "/chat//negotiate",
        "/chat/negotiate//",
        "/chat/x",
        "/chatter",
        "/chat%2Fnegotiate",
        "/x/chat"
      })
  void otherPathsGoToTheNextHandler(String target) {
    RawHttp.Answered answer = server.http.send("POST", target, "");

    assertThat(answer.summary()).isEqualTo("404 Not Found | null | ");
  }

  @Test
  void wiringMistakesAreNamed() {
    var options = TransportOptions.defaults();
    var here = new EndpointServices.Surroundings(null, InstantSource.system());
    var services = new EndpointServices(server.table, Map.of(), null, exchange -> false, here);
    assertThatThrownBy(
            () ->
                new Endpoint(
                    "chat",
                    options,
                    connection -> {
                      throw new AssertionError();
                    },
                    services,
                    new ResponseCodeHandler(404)))
        .hasMessage("path: 'chat' (expected: a slash in front)");
    assertThatThrownBy(
            () ->
                new EndpointServices(
                    server.table,
                    Map.of(Transport.LONG_POLLING, (exchange, attachment) -> {}),
                    null,
                    exchange -> false,
                    here))
        .hasMessage("uploads: null (expected: a receiver for the POSTs of [LONG_POLLING])");
  }
}
