package dev.hubwire.transport.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.DowngradeCause;
import dev.hubwire.transport.TransportDowngrade;
import dev.hubwire.transport.TransportOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients as they look from behind proxies. */
final class DowngradeTest {
  /** What is left of a handshake when a proxy took out what belongs to one hop. */
  private static final String STRIPPED =
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

  /** Test thread only. */
  private final EndpointServer server =
      new EndpointServer(
          TransportOptions.builder()
              .authenticator(
                  request ->
                      request.queryParameter("access_token") == null
                          ? Authenticator.Result.anonymous()
                          : Authenticator.Result.refused("no token is good here"))
              .build(),
          Transport.all(),
          new NodeName("here"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aProxyThatTakesTheUpgradeHeaderOut() {
    server.http.send("GET", server.connection(), STRIPPED);
    assertThat(server.table.history().snapshot()).as("a handshake is no poll").isEmpty();

    server.connection(Transport.SERVER_SENT_EVENTS);
    assertOnly(Transport.SERVER_SENT_EVENTS, DowngradeCause.UPGRADE_HEADERS_STRIPPED);
  }

  @Test
  void aProxyThatDoesNotLetHandshakesThrough() {
    server.connection();
    server.connection(Transport.LONG_POLLING);
    assertOnly(Transport.LONG_POLLING, DowngradeCause.NEVER_ARRIVED);
  }

  @Test
  void credentialsThatAreNotGoodForAHandshake() {
    server.http.send("GET", server.connection() + "&access_token=x", RawHttp.UPGRADE);
    server.connection(Transport.SERVER_SENT_EVENTS);
    assertOnly(Transport.SERVER_SENT_EVENTS, DowngradeCause.HANDSHAKE_REFUSED);
  }

  @Test
  void aLoadBalancerWithoutStickySessions() {
    server.http.send("GET", "/chat?id=there.0123456789012345678901", RawHttp.UPGRADE);
    server.connection(Transport.SERVER_SENT_EVENTS);
    assertOnly(Transport.SERVER_SENT_EVENTS, DowngradeCause.WRONG_NODE);
  }

  @Test
  void aClientThatWantsNoBetter() {
    String target = server.connection(Transport.SERVER_SENT_EVENTS);
    server.http.send("POST", target, "");
    assertOnly(Transport.SERVER_SENT_EVENTS, DowngradeCause.CLIENT_CHOICE);
  }

  @Test
  void aProxyThatHoldsEventsBack() {
    server.connection(Transport.SERVER_SENT_EVENTS);
    server.connection(Transport.LONG_POLLING);
    assertThat(server.table.history().snapshot())
        .containsEntry(
            new TransportDowngrade(
                Transport.WEB_SOCKETS, Transport.LONG_POLLING, DowngradeCause.EVENTS_HELD_BACK),
            1L);
  }

  @Test
  void aClientThatDidNotHearOfItsEventStreamIsNotOfferedAnother() {
    server.connection(Transport.SERVER_SENT_EVENTS);
    server.attachments.remove().session().ended(CloseReason.HANDSHAKE_FAILED);

    String offer = server.http.send("POST", "/chat/negotiate?negotiateVersion=1", "").body();
    assertThat(offer).contains("WebSockets", "LongPolling").doesNotContain("ServerSentEvents");

    server.ticker.advance(Duration.ofMinutes(2));
    offer = server.http.send("POST", "/chat/negotiate?negotiateVersion=1", "").body();
    assertThat(offer).contains("ServerSentEvents");
  }

  private void assertOnly(Transport got, DowngradeCause cause) {
    assertThat(server.table.history().snapshot())
        .isEqualTo(Map.of(new TransportDowngrade(Transport.WEB_SOCKETS, got, cause), 1L));
  }
}
