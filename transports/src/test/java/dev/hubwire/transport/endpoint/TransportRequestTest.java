package dev.hubwire.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionIdentity;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransportRequestTest {
  private static final String NO_CONNECTION =
      "404 Not Found | text/plain | No Connection with that ID";

  /** Test thread only. */
  private EndpointServer server = new EndpointServer(TransportOptions.defaults());

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aNegotiatedConnectionIsStartedOnItsTransport(Transport transport) throws Exception {
    ConnectionIdentity identity = server.negotiate("negotiateVersion=1");

    assertThat(server.open(transport, EndpointServer.target(identity.token())).body())
        .isEqualTo(transport + " first");
    Attachment attachment = server.attachments.take();
    assertThat(attachment.session().id()).isEqualTo(identity.id());
    assertThat(attachment.session().transport()).isEqualTo(transport);
    assertThat(server.table.attachedCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "WEB_SOCKETS", mode = EnumSource.Mode.EXCLUDE)
  void allButWebSocketsMustNameTheirConnection(Transport transport) {
    for (String target : new String[] {"/chat", "/chat?id", "/chat?id=", "/chat?x=y&ID=&id="}) {
      assertThat(server.open(transport, target).summary())
          .as(target)
          .isEqualTo("400 Bad Request | text/plain | Connection ID required");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "WEB_SOCKETS", mode = EnumSource.Mode.EXCLUDE)
  void anUnknownConnectionIsNotFound(Transport transport) {
    assertThat(server.open(transport, "/chat?id=nope").summary()).isEqualTo(NO_CONNECTION);
    assertThat(server.open(transport, "/chat?id=a&id=b").summary()).isEqualTo(NO_CONNECTION);
  }

  @Test
  void anUnknownConnectionIsNotFoundByAWebSocketWithoutContentType() {
    assertThat(server.open(Transport.WEB_SOCKETS, "/chat?id=nope").summary())
        .isEqualTo("404 Not Found | null | No Connection with that ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chat", "/chat?id=", "/CHAT/?x=1"})
  void aWebSocketMaySkipNegotiation(String target) throws Exception {
    assertThat(server.open(Transport.WEB_SOCKETS, target).body()).isEqualTo("WEB_SOCKETS first");

    Attachment attachment = server.attachments.take();
    assertThat(attachment.session().identity().isShared()).isTrue();
    assertThat(server.table.negotiatedCount()).isZero();
  }

  @Test
  void thePublicIdOpensNothingInVersionOne() {
    ConnectionIdentity identity = server.negotiate("negotiateVersion=1");

    assertThat(server.open(Transport.LONG_POLLING, "/chat?id=" + identity.id().value()).summary())
        .isEqualTo(NO_CONNECTION);
  }

  @Test
  void theIdIsTheTokenInVersionZero() {
    ConnectionIdentity identity = server.negotiate("");

    assertThat(server.open(Transport.LONG_POLLING, "/chat?iD=" + identity.id().value()).body())
        .isEqualTo("LONG_POLLING first");
  }

  @Test
  void aTokenIsGoodAtItsOwnPathOnly() {
    String token = server.negotiate("negotiateVersion=1").token().value();

    assertThat(server.open(Transport.LONG_POLLING, "/elsewhere?id=" + token).summary())
        .isEqualTo(NO_CONNECTION);
    assertThat(server.open(Transport.LONG_POLLING, "/chat?id=" + token).status())
        .isEqualTo("200 OK");
    assertThat(server.open(Transport.LONG_POLLING, "/elsewhere?id=" + token).summary())
        .isEqualTo(NO_CONNECTION);
  }

  @Test
  void aConnectionNobodyOpensInTimeIsForgotten() {
    String target = server.connection();
    server.ticker.advance(Duration.ofSeconds(15));

    assertThat(server.open(Transport.LONG_POLLING, target).summary()).isEqualTo(NO_CONNECTION);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aTransportThatIsNotOfferedIsRefused(Transport transport) {
    EnumSet<Transport> others = EnumSet.complementOf(EnumSet.of(transport));
    restart(TransportOptions.builder().transports(others).build(), Transport.all(), null);

    String refusal =
        "404 Not Found | text/plain | "
            + transport.wireName()
            + " transport not supported by this end point type";
    assertThat(server.open(transport, server.connection()).summary()).isEqualTo(refusal);
    if (transport == Transport.WEB_SOCKETS) {
      assertThat(server.open(transport, "/chat").summary()).isEqualTo(refusal);
    }
    assertThat(server.table.attachedCount()).isZero();
  }

  @Test
  void aTransportWithoutAStarterIsRefusedLikewise() {
    restart(TransportOptions.defaults(), Set.of(Transport.WEB_SOCKETS), null);

    assertThat(server.open(Transport.SERVER_SENT_EVENTS, server.connection()).summary())
        .isEqualTo(
            "404 Not Found | text/plain | ServerSentEvents transport not supported by this end"
                + " point type");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void aConnectionKeepsItsFirstTransport(Transport transport) {
    String target = server.connection(transport);

    for (Transport other : EnumSet.complementOf(EnumSet.of(transport))) {
      assertThat(server.open(other, target).summary())
          .isEqualTo("400 Bad Request | text/plain | Cannot change transports mid-connection");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "LONG_POLLING", mode = EnumSource.Mode.EXCLUDE)
  void aSecondRequestOfTheSameTransportIsAConflict(Transport transport) {
    String target = server.connection(transport);

    assertThat(server.open(transport, target).summary()).isEqualTo("409 Conflict | text/plain | ");
  }

  @Test
  void pollsTakeOverFromEachOther() {
    assertThat(
            server.open(Transport.LONG_POLLING, server.connection(Transport.LONG_POLLING)).body())
        .isEqualTo("LONG_POLLING again");
  }

  @Test
  void aStatefulWebSocketTakesOver() {
    restart(
        TransportOptions.builder().allowStatefulReconnects(true).build(), Transport.all(), null);
    String target =
        EndpointServer.target(
            server.negotiate("negotiateVersion=1&useStatefulReconnect=true").token());

    assertThat(server.open(Transport.WEB_SOCKETS, target).body()).isEqualTo("WEB_SOCKETS first");
    assertThat(server.open(Transport.WEB_SOCKETS, target).body()).isEqualTo("WEB_SOCKETS again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream",
        "TEXT/Event-Stream",
        "a/b, text/event-stream",
        ",text/event-stream,",
        "a;b=\"x,text/event-stream,y\"",
        "a/b\r\nAccept: text/event-stream"
      })
  void eventsAreAskedForByAnElementOfTheAcceptHeaderBeforeWebSockets(String accept) {
    assertThat(
            server
                .http
                .send("GET", server.connection(), "Accept: " + accept + "\r\n" + RawHttp.UPGRADE)
                .body())
        .isEqualTo("SERVER_SENT_EVENTS first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream;q=0.9",
        "text/event-stream ; charset=utf-8",
        "*/*",
        "text/*",
        "text/event-stream text/html"
      })
  void otherAcceptHeadersDoNotAskForEvents(String accept) {
    assertThat(server.http.send("GET", server.connection(), "Accept: " + accept + "\r\n").body())
        .isEqualTo("LONG_POLLING first");
  }

  @Test
  void everyAnswerToAPollForbidsCachingAndNoOtherDoes() {
    String bound = server.connection(Transport.WEB_SOCKETS);

    for (String target : new String[] {"/chat", "/chat?id=nope", bound, server.connection()}) {
      RawHttp.Answered poll = server.open(Transport.LONG_POLLING, target);
      assertThat(poll.header("Cache-Control")).as(target).isEqualTo("no-cache, no-store");
      assertThat(poll.header("Pragma")).isEqualTo("no-cache");
      assertThat(poll.header("Expires")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
      RawHttp.Answered events = server.open(Transport.SERVER_SENT_EVENTS, target);
      assertThat(events.header("Cache-Control")).as(target).isNull();
      assertThat(events.header("Expires")).isNull();
    }
  }

  @Test
  void aTransportThatCannotStartLeavesNoConnectionBehind() {
    RawHttp.Answered answer = server.open(Transport.WEB_SOCKETS, server.connection() + "&fail=1");

    assertThat(answer.status()).isEqualTo("500 Internal Server Error");
    assertThat(server.table.attachedCount()).isZero();
    assertThat(server.table.pendingCount()).isZero();
  }

  @Test
  void aTokenOfAnotherNodeIsExplained() {
    restart(TransportOptions.defaults(), Transport.all(), new NodeName("node-1"));
    String secret = ".AAECAwQFBgcICQoLDA0ODw";

    assertThat(server.open(Transport.LONG_POLLING, "/chat?id=node-2" + secret).summary())
        .isEqualTo(
            "404 Not Found | text/plain | No Connection with that ID. It was issued by node"
                + " 'node-2', and this is node 'node-1'. All requests of a connection must reach"
                + " the node that issued its ID: enable sticky sessions in the load balancer, or"
                + " let clients use WebSockets only and skip negotiation.");
    assertThat(server.open(Transport.WEB_SOCKETS, "/chat?id=node-2" + secret).summary())
        .startsWith("404 Not Found | null | No Connection with that ID. It was issued by node");
    assertThat(server.open(Transport.LONG_POLLING, "/chat?id=node-1" + secret).summary())
        .isEqualTo(NO_CONNECTION);
    assertThat(server.open(Transport.LONG_POLLING, "/chat?id=%3Cb%3E" + secret).summary())
        .isEqualTo(NO_CONNECTION);
  }

  @Test
  void aServerThatIsClosingTakesNoMore() {
    String target = server.connection(Transport.WEB_SOCKETS);
    server.table.closeAll(CloseReason.SERVER_SHUTDOWN);

    assertThat(server.connections.getFirst().closes()).containsExactly(CloseReason.SERVER_SHUTDOWN);
    String refusal = "503 Service Unavailable | text/plain | The server is shutting down.";
    assertThat(server.http.send("POST", "/chat/negotiate", "").summary()).isEqualTo(refusal);
    assertThat(server.open(Transport.WEB_SOCKETS, "/chat").summary()).isEqualTo(refusal);
    assertThat(server.open(Transport.WEB_SOCKETS, target).status()).isEqualTo("409 Conflict");
  }

  @Test
  void theTransportGetsTheRequestAsItCame() throws Exception {
    server.http.send(
        "GET",
        "/Chat/?a=1&B=x+y%2Bz&a=%E2%82%AC&flag",
        RawHttp.UPGRADE + "X-Tag: one\r\nX-Tag: two\r\nCookie: s=1; t=2\r\n");

    ConnectionRequest request = server.attachments.take().request();
    assertThat(request.path()).isEqualTo("/Chat/");
    assertThat(request.query()).containsExactly("a", "1", "B", "x y+z", "a", "€", "flag", "");
    assertThat(request.headers()).containsSubsequence("X-Tag", "one", "X-Tag", "two");
    assertThat(request.header("sec-websocket-version")).isEqualTo("13");
    assertThat(request.cookie("t")).isEqualTo("2");
    assertThat(request.remoteAddress()).isNotNull();
    assertThat(request.user()).isNull();
  }

  private void restart(TransportOptions options, Set<Transport> carried, @Nullable NodeName node) {
    server.close();
    server = new EndpointServer(options, carried, node);
  }
}
