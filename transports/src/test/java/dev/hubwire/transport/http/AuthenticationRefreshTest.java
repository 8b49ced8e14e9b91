package dev.hubwire.transport.http;

import static dev.hubwire.transport.http.RefreshServer.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.AuthenticationRefresh;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.User;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST {path}/refresh}: {@code docs/protocol/net11-additions.md} §1.2 to §1.8. */
class AuthenticationRefreshTest {
  private static final Pattern ID = Pattern.compile("\"connectionId\":\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");
  private static final String ANN = user("ann", "reader", "10M");
  private static final String ANN_LATER = user("ann", "writer", "30M");
  private static final String BOB = user("bob", "reader", "30M");
  private static final String REFRESHED = "200 application/json|{\"tokenLifetimeSeconds\":1800}";
  private static final String USER_CHANGED = error(403, "user_changed");
  private static final String NOT_FOUND = error(404, "connection_not_found");

  private final RefreshServer server = new RefreshServer();

  @AfterEach
  void everythingIsGone() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void theUserOfAConnectionChangesWhateverCarriesIt(Transport transport)
      throws InterruptedException {
    String target = server.http.negotiate();
    server.open(transport, target, ANN);
    TransportConnection connection = server.http.connection();
    assertThat(server.refresh(target, ANN_LATER)).isEqualTo(REFRESHED);
    assertThat(roles(connection.user())).containsExactly("writer");
    assertThat(roles(connection.request().user())).containsExactly("reader");
    assertThat(server.http.renewedUsers()).containsExactly("ann[writer]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void otherVerbsAreNotAllowed(String verb) {
    assertThat(server.send(verb, "/c/refresh?id=x", ANN)).isEqualTo("405 text/plain|");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/c/refresh|400|missing_connection_token",
        "/c/refresh?id=|400|missing_connection_token",
        "/c/refresh?ID=nope|404|connection_not_found",
        "/C/Refresh/?id=nope|404|connection_not_found"
      })
  void aRequestThatNamesNoConnectionIsToldSo(String target, int status, String code) {
    assertThat(server.send("POST", target, BOB)).isEqualTo(error(status, code));
  }

  @Test
  void thePublicIdOpensNothing() {
    String negotiated = server.send("POST", "/c/negotiate?negotiateVersion=1", ANN);
    assertThat(server.send("POST", "/c/refresh?id=" + found(ID, negotiated), ANN))
        .isEqualTo(NOT_FOUND);
  }

  @Test
  void aConnectionWithoutASecretTokenCannotBeRefreshed() throws InterruptedException {
    String refused = error(400, "unsupported_negotiate_version");
    String negotiated = server.send("POST", "/c/negotiate", ANN);
    assertThat(server.send("POST", "/c/refresh?id=" + found(ID, negotiated), BOB))
        .isEqualTo(refused);
    server.open(Transport.WEB_SOCKETS, "/c", ANN);
    String id = server.http.connection().id().value();
    assertThat(server.send("POST", "/c/refresh?id=" + id, ANN)).isEqualTo(refused);
  }

  @Test
  void aConnectionThatIsOverIsNotFound() throws InterruptedException {
    String target = server.polling(ANN);
    assertThat(server.send("DELETE", target, ANN)).startsWith("202 ");
    assertThat(server.http.end()).isEqualTo(CloseReason.CLIENT_CLOSED);
    HttpTransportServer.await(() -> server.http.connections() == 0);
    assertThat(server.refresh(target, ANN_LATER)).isEqualTo(NOT_FOUND);
  }

  @Test
  void anotherUserIsRefusedAndNobodyIsHarmed() throws InterruptedException {
    String target = server.polling(ANN);
    assertThat(server.refresh(target, BOB)).isEqualTo(USER_CHANGED);
    assertThat(server.refresh(target, "")).isEqualTo(USER_CHANGED);
    assertThat(server.owner()).isEqualTo("ann[reader]");
    assertThat(server.asked).isEmpty();
    assertThat(server.http.connections()).isOne();
  }

  @Test
  void nobodyStaysNobody() throws InterruptedException {
    String target = server.polling("");
    assertThat(server.refresh(target, "")).isEqualTo("200 application/json|{}");
    assertThat(server.refresh(target, ANN)).isEqualTo(USER_CHANGED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', {}",
    "30M, '{\"tokenLifetimeSeconds\":1800}'",
    "1.9S, '{\"tokenLifetimeSeconds\":1}'",
    "0.9S, '{\"tokenLifetimeSeconds\":0}'",
    "0S, {}",
    "999999999H, '{\"tokenLifetimeSeconds\":2147483647}'"
  })
  void theAnswerSaysHowLongTheNewCredentialsLast(String lasts, String body)
      throws InterruptedException {
    String target = server.polling(user("ann", "reader", ""));
    assertThat(server.refresh(target, user("ann", "reader", lasts)))
        .isEqualTo("200 application/json|" + body);
  }

  @Test
  void theAnswerHasItsLength() throws InterruptedException {
    String target = server.polling(ANN).replace("/c?", "/c/refresh?");
    HttpClientSocket socket = server.socket().send("POST", target, ANN_LATER, "{\"ignored\":1}");
    assertThat(socket.readUntil("\r\n\r\n")).containsIgnoringCase("Content-Length: 29\r\n");
    socket.read(29);
    assertThat(socket.send("POST", "/c/refresh", ANN, "").readUntil("\r\n\r\n"))
        .containsIgnoringCase("Content-Length: 36\r\n");
  }

  @Test
  void thePolicyMayRefuseAndKnowsWhatItRefuses() throws InterruptedException {
    String target = server.polling(ANN);
    server.policy(refresh -> CompletableFuture.completedFuture(false));
    assertThat(server.refresh(target, ANN_LATER))
        .isEqualTo(error(403, "permission_change_rejected"));
    assertThat(server.owner()).isEqualTo("ann[reader]");
    AuthenticationRefresh asked = server.asked.getFirst();
    assertThat(roles(asked.previousUser())).containsExactly("reader");
    assertThat(roles(asked.newUser())).containsExactly("writer");
    assertThat(asked.newExpiration()).isEqualTo(HttpTransportServer.START.plusSeconds(1_800));
    assertThat(asked.request().path()).isEqualTo("/c/refresh");
    assertThat(asked.connectionId().value()).hasSize(22);
  }

  @Test
  void aPolicyThatFailsIsAnErrorOfTheServerAndChangesNothing() throws InterruptedException {
    String target = server.polling(ANN);
    server.policy(
        refresh -> {
          throw new IllegalStateException("thrown");
        });
    assertThat(server.refresh(target, ANN_LATER)).startsWith("500 ");
    server.policy(refresh -> CompletableFuture.failedFuture(new IllegalStateException("late")));
    assertThat(server.refresh(target, ANN_LATER)).startsWith("500 ");
    assertThat(server.owner()).isEqualTo("ann[reader]");
    assertThat(server.http.renewedUsers()).isEmpty();
  }

  @Test
  void whatEndsSoonerDoesNotTakeTheLatersPlace() throws Exception {
    String target = server.polling(ANN);
    BlockingQueue<CompletableFuture<Boolean>> verdicts = new LinkedBlockingQueue<>();
    server.policy(
        refresh -> {
          CompletableFuture<Boolean> verdict = new CompletableFuture<>();
          verdicts.add(verdict);
          return verdict;
        });
    String refresh = target.replace("/c?", "/c/refresh?");
    HttpClientSocket sooner =
        server.socket().send("POST", refresh, user("ann", "guest", "20M"), "");
    CompletableFuture<Boolean> first = take(verdicts);
    HttpClientSocket later = server.socket().send("POST", refresh, ANN_LATER, "");
    take(verdicts).complete(true);
    assertThat(later.answer()).isEqualTo(REFRESHED);
    first.complete(true);
    assertThat(sooner.answer()).isEqualTo("200 application/json|{\"tokenLifetimeSeconds\":1200}");
    assertThat(server.owner()).isEqualTo("ann[writer]");
    assertThat(server.http.renewedUsers()).containsExactly("ann[writer]");
  }

  @Test
  void aRefreshMovesTheEndOfTheConnection() throws InterruptedException {
    String target = server.http.negotiate();
    server.open(Transport.WEB_SOCKETS, target, ANN);
    server.refresh(target, ANN_LATER);
    server.http.advance(Duration.ofMinutes(29));
    assertThat(server.http.connections()).isOne();
    server.http.advance(Duration.ofMinutes(1));
    assertThat(server.http.end()).isEqualTo(CloseReason.AUTHENTICATION_EXPIRED);
  }

  @Test
  void aConnectionWithoutATransportIsLeftToItsFirstRequest() throws InterruptedException {
    String target = server.http.negotiate();
    assertThat(server.refresh(target, BOB)).isEqualTo(REFRESHED);
    assertThat(server.asked.getFirst().previousUser()).isNull();
    server.policy(refresh -> CompletableFuture.completedFuture(false));
    assertThat(server.refresh(target, BOB)).startsWith("403 ");
    server.open(Transport.SERVER_SENT_EVENTS, target, ANN);
    assertThat(roles(server.http.connection().user())).containsExactly("reader");
  }

  @Test
  void negotiationSaysHowLongTheCredentialsLast() {
    String negotiated = server.send("POST", "/c/negotiate?negotiateVersion=1", ANN);
    assertThat(negotiated).contains("\",\"tokenLifetimeSeconds\":600,\"availableTransports\":[");
    assertThat(server.send("POST", "/c/negotiate?negotiateVersion=1", user("ann", "reader", "")))
        .doesNotContain("tokenLifetimeSeconds");
    assertThat(found(TOKEN, negotiated)).isNotEmpty();
  }

  @Test
  void pagesMayAskFromWhereTheyMayConnectFrom() {
    String asks = "Access-Control-Request-Method: POST\r\nOrigin: ";
    HttpClientSocket allowed =
        server
            .socket()
            .send(
                "OPTIONS",
                "/c/refresh",
                "Access-Control-Request-Headers: authorization\r\n"
                    + asks
                    + RefreshServer.ORIGIN
                    + "\r\n",
                "");
    assertThat(allowed.readUntil("\r\n\r\n"))
        .startsWith("HTTP/1.1 204 ")
        .contains("Access-Control-Allow-Origin: " + RefreshServer.ORIGIN + "\r\n")
        .contains("Access-Control-Allow-Credentials: true\r\n")
        .contains("Access-Control-Allow-Headers: authorization\r\n");
    assertThat(server.send("OPTIONS", "/c/refresh", asks + "https://evil.test\r\n"))
        .startsWith("403 ");
  }

  private static Set<String> roles(@Nullable User user) {
    return Objects.requireNonNull(user).roles();
  }

  private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    return Objects.requireNonNull(queue.poll(10, TimeUnit.SECONDS));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static String error(int status, String code) {
    return status + " application/json|{\"error\":\"" + code + "\"}";
  }
}
