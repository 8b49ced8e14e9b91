package dev.hubwire.transport.http;

import static dev.hubwire.transport.http.RefreshServer.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Credentials that come with requests which are there for something else: {@code
 * docs/protocol/net11-additions.md} §1.5.
 */
class RefreshInPassingTest {
  private static final String ANN = user("ann", "reader", "10M");
  private static final String ANN_LATER = user("ann", "writer", "30M");
  private static final String BOB = user("bob", "reader", "30M");
  private static final String REFUSED =
      "403 text/plain|The user associated with this connection changed.";

  /** Test thread only. */
  private RefreshServer server = new RefreshServer();

  @AfterEach
  void everythingIsGone() {
    server.close();
  }

  @Test
  void aPollWithNewerCredentialsRenewsTheUser() throws InterruptedException {
    String target = server.polling(ANN);
    server.poll(target, ANN_LATER);
    assertThat(server.owner()).isEqualTo("ann[writer]");
    assertThat(server.asked).hasSize(1);
    server.poll(target, user("ann", "guest", "30M")); // as long, and different
    assertThat(server.owner()).isEqualTo("ann[guest]");
    assertThat(server.http.renewedUsers()).containsExactly("ann[writer]", "ann[guest]");
    assertThat(server.http.connections()).isOne();
  }

  @Test
  void aPollWithTheSameOrOlderCredentialsIsAPoll() throws InterruptedException {
    String target = server.polling(ANN);
    server.poll(target, ANN);
    server.poll(target, user("ann", "writer", "9M"));
    assertThat(server.owner()).isEqualTo("ann[reader]");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void aPollThatThePolicyRefusesEndsTheConnection() throws InterruptedException {
    String target = server.polling(ANN);
    server.policy(refresh -> CompletableFuture.completedFuture(false));
    assertThat(server.send("GET", target, ANN_LATER))
        .isEqualTo("403 application/json|{\"error\":\"permission_change_rejected\"}");
    assertThat(server.http.end()).isEqualTo(CloseReason.ABORTED);
    HttpTransportServer.await(() -> server.http.connections() == 0);
    assertThat(server.send("GET", target, ANN))
        .isEqualTo("404 text/plain|No Connection with that ID");
  }

  @Test
  void aRefusalThatComesAfterSomethingNewerIsForgotten() throws InterruptedException {
    String target = server.polling(ANN);
    CompletableFuture<Boolean> verdict = new CompletableFuture<>();
    server.policy(refresh -> refresh.request().path().equals("/c") ? verdict : accepted());
    HttpClientSocket poll = server.socket().send("GET", target, user("ann", "guest", "20M"), "");
    HttpTransportServer.await(() -> server.asked.size() == 1);
    assertThat(server.refresh(target, ANN_LATER)).startsWith("200 ");
    verdict.complete(false);
    server.poll(poll);
    assertThat(server.owner()).isEqualTo("ann[writer]");
  }

  @Test
  void aPollWhosePolicyFailsIsAnErrorOfTheServer() throws InterruptedException {
    String target = server.polling(ANN);
    server.policy(refresh -> CompletableFuture.failedFuture(new IllegalStateException()));
    assertThat(server.send("GET", target, ANN_LATER)).startsWith("500 ");
    assertThat(server.owner()).isEqualTo("ann[reader]");
    assertThat(server.http.connections()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void anotherUsersRequestIsRefusedAndNobodyIsHarmed(String verb) throws InterruptedException {
    String target = server.polling(ANN);
    assertThat(server.send(verb, target, BOB)).isEqualTo(REFUSED);
    assertThat(server.send(verb, target, "")).isEqualTo(REFUSED);
    assertThat(server.owner()).isEqualTo("ann[reader]");
    assertThat(server.http.connections()).isOne();
    assertThat(server.http.hasReceived()).isFalse();
  }

  @Test
  void aPostRenewsNothing() throws InterruptedException {
    String target = server.polling(ANN);
    assertThat(server.socket().send("POST", target, ANN_LATER, "x").answer()).startsWith("200 ");
    assertThat(server.http.received()).isEqualTo("x");
    assertThat(server.owner()).isEqualTo("ann[reader]");
  }

  @Test
  void whatIsLeftAfterACloseCanStillBeFetched() throws InterruptedException {
    String target = server.http.negotiate();
    server.open(Transport.LONG_POLLING, target, ANN);
    TransportConnection connection = server.http.connection();
    connection.send(server.http.payload("last words"));
    connection.close(CloseReason.SERVER_CLOSED);
    assertThat(server.http.end()).isEqualTo(CloseReason.SERVER_CLOSED);
    assertThat(server.send("GET", target, ANN_LATER))
        .isEqualTo("200 application/octet-stream|last words");
    assertThat(server.send("GET", target, ANN_LATER)).startsWith("204 ");
  }

  @Test
  void aMaximumEndsCredentialsThatDoNotEndByThemselves() throws InterruptedException {
    restart(Duration.ofMinutes(5));
    String forever = user("ann", "reader", "");
    assertThat(server.send("POST", "/c/negotiate?negotiateVersion=1", forever))
        .contains("\"tokenLifetimeSeconds\":300,");
    String target = server.http.negotiate();
    server.open(Transport.WEB_SOCKETS, target, forever);
    assertThat(server.refresh(target, ANN)).endsWith("{\"tokenLifetimeSeconds\":300}");
    assertThat(server.refresh(target, forever)).endsWith("{\"tokenLifetimeSeconds\":300}");
    server.http.advance(Duration.ofMinutes(5));
    assertThat(server.http.end()).isEqualTo(CloseReason.AUTHENTICATION_EXPIRED);
  }

  @Test
  void whereItIsOffThereIsNothingToRefresh() throws InterruptedException {
    server.close();
    server = new RefreshServer(options -> options.enableAuthenticationRefresh(false));
    assertThat(server.send("POST", "/c/negotiate?negotiateVersion=1", ANN))
        .doesNotContain("tokenLifetimeSeconds");
    String target = server.polling(ANN);
    assertThat(server.refresh(target, ANN_LATER)).startsWith("404 ").endsWith("|");
    server.poll(target, ANN_LATER);
    assertThat(server.owner()).isEqualTo("ann[reader]");
    assertThat(server.socket().send("POST", target, BOB, "x").answer()).startsWith("200 ");
  }

  private void restart(Duration maximum) {
    server.close();
    server = new RefreshServer(options -> options.maximumAuthenticationExpiration(maximum));
  }

  private static CompletableFuture<Boolean> accepted() {
    return CompletableFuture.completedFuture(true);
  }
}
