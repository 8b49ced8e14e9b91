package dev.hubwire.probe.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.server.HubServer;
import dev.hubwire.transport.AllowedOrigins;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sizes, idle connections, origins and access tokens. */
class LimitChecksTest {
  private static final String ORIGIN = "https://app.example";
  private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");

  private final Probing probing = new Probing();

  @AfterEach
  void close() throws Exception {
    probing.close();
  }

  @Test
  void findsNoLimitWithinWhatIsAskedFor() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 16 * 1024, null));
    assertThat(ids(new SizeCheck(), probing.serve(Probing.quietHub()))).isEmpty();
  }

  @Test
  void tellsTheHubsOwnLimitFromThatOfAProxy() throws Exception {
    List<Finding> findings = probing.find(new SizeCheck(), probing.serve(Probing.quietHub()));
    assertThat(findings)
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.id()).isEqualTo("sizes.message-limit");
              assertThat(note.severity()).isEqualTo(Severity.INFO);
              assertThat(note.observed())
                  .startsWith("The hub itself refused a message of 32768 bytes: ")
                  .endsWith("16384 bytes went through.");
            });
  }

  @Test
  void findsAProxyThatRefusesBodies() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 16 * 1024, null));
    URI hub =
        behind(
            next ->
                exchange -> {
                  boolean isLarge = exchange.getRequestContentLength() > 5_000;
                  (isLarge ? new ResponseCodeHandler(413) : next).handleRequest(exchange);
                });
    List<Finding> findings = probing.find(new SizeCheck(), hub);
    assertThat(findings).extracting(Finding::id).containsExactly("sizes.body-refused");
    assertThat(findings.getFirst().observed())
        .isEqualTo("A POST of 8192 bytes was answered 413; 4096 bytes went through.");
  }

  @Test
  void findsThatIdleConnectionsLive() throws Exception {
    probing.settings(settings(Duration.ofMillis(300), 1024, null));
    assertThat(ids(new IdleCheck(), probing.serve(Probing.quietHub()))).isEmpty();
  }

  @Test
  void findsAProxyThatCutsIdleConnectionsOfEveryTransport() throws Exception {
    probing.settings(settings(Duration.ofSeconds(20), 1024, null));
    URI server = probing.serve(Probing.quietHub());
    URI hub = probing.keep(Relay.cuttingIdle(server, Duration.ofMillis(400))).hub();
    List<Finding> findings = probing.find(new IdleCheck(), hub);
    assertThat(findings).extracting(Finding::id).containsOnly("idle.cut").hasSize(3);
    assertThat(findings)
        .extracting(Finding::observed)
        .allSatisfy(text -> assertThat(text).containsPattern("cut after \\d{3} ms of 20 s: "));
  }

  @Test
  void saysWhatCouldNotBeTriedWithoutConnections() throws Exception {
    probing.settings(settings(Duration.ofMillis(300), 1024, null));
    URI hub =
        probing
            .keep(
                Relay.inTurn(probing.serve(Probing.quietHub()), probing.serve(Probing.quietHub())))
            .hub();
    assertThat(ids(new SizeCheck(), hub)).contains("sizes.not-tried");
    assertThat(ids(new IdleCheck(), hub)).contains("idle.not-tried");
  }

  @Test
  void findsAnOriginThatIsAllowed() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 1024, ORIGIN));
    assertThat(ids(new CorsCheck(), allowing(AllowedOrigins.of(ORIGIN), next -> next))).isEmpty();
  }

  @Test
  void findsAnOriginThatIsNotAllowed() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 1024, ORIGIN));
    URI hub = allowing(AllowedOrigins.same(), next -> next);
    assertThat(ids(new CorsCheck(), hub))
        .containsExactly("cors.preflight-refused", "cors.websocket-refused");
  }

  @Test
  void findsAPreflightThatNeedsALogin() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 1024, ORIGIN));
    URI hub =
        allowing(
            AllowedOrigins.of(ORIGIN),
            next ->
                exchange -> {
                  boolean asks = exchange.getRequestMethod().equals(Methods.OPTIONS);
                  (asks ? new ResponseCodeHandler(401) : next).handleRequest(exchange);
                });
    assertThat(ids(new CorsCheck(), hub)).containsExactly("cors.preflight-refused");
  }

  @Test
  void findsAPreflightThatAllowsTooLittle() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 1024, ORIGIN));
    assertThat(ids(new CorsCheck(), answeringPreflights(ORIGIN)))
        .containsExactly("cors.not-allowed");
  }

  @Test
  void findsAPreflightThatNamesAStarForCredentials() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 1024, ORIGIN));
    assertThat(ids(new CorsCheck(), answeringPreflights("*"))).containsExactly("cors.denied");
  }

  /** As behind a proxy with CORS rules of its own, which know no header but one. */
  private URI answeringPreflights(String origin) {
    return allowing(
        AllowedOrigins.of(ORIGIN),
        next ->
            exchange -> {
              if (exchange.getRequestMethod().equals(Methods.OPTIONS)) {
                exchange
                    .getResponseHeaders()
                    .put(ALLOW_ORIGIN, origin)
                    .put(new HttpString("Access-Control-Allow-Credentials"), "true")
                    .put(new HttpString("Access-Control-Allow-Headers"), "x-requested-with");
                exchange.setStatusCode(204).endExchange();
              } else {
                next.handleRequest(exchange);
              }
            });
  }

  @Test
  void findsOriginsThatAreNamedTwice() throws Exception {
    probing.settings(settings(Duration.ofSeconds(1), 1024, ORIGIN));
    URI hub =
        allowing(
            AllowedOrigins.of(ORIGIN),
            next ->
                exchange -> {
                  exchange.addResponseCommitListener(
                      answer -> answer.getResponseHeaders().add(ALLOW_ORIGIN, "*"));
                  next.handleRequest(exchange);
                });
    assertThat(ids(new CorsCheck(), hub)).containsExactly("cors.duplicate");
  }

  @Test
  void notesThatTheOwnOriginNeedsNoPermission() throws Exception {
    URI hub = probing.serve(Probing.quietHub());
    probing.settings(settings(Duration.ofSeconds(1), 1024, "http://" + hub.getAuthority()));
    assertThat(ids(new CorsCheck(), hub)).containsExactly("cors.same-origin");
  }

  @Test
  void findsATokenThatIsTakenFromHeadersOnly() throws Exception {
    probing.token("good");
    assertThat(ids(new AccessTokenCheck(), behind(next -> Probing.guard(next, true)))).isEmpty();
    assertThat(ids(new AccessTokenCheck(), behind(next -> Probing.guard(next, false))))
        .containsExactly("access-token.query-refused");
  }

  @Test
  void sendsTheTokenWithEveryRequest() throws Exception {
    probing.token("good");
    URI hub = behind(next -> Probing.guard(next, false));
    for (Check check : TransportChecksTest.transportChecks()) {
      assertThat(ids(check, hub)).as(check.name()).isEmpty();
    }
    assertThat(ids(new AffinityCheck(), hub)).isEmpty();
  }

  /** As behind a proxy that hides what the server says of its own: an answer without the type. */
  @Test
  void findsAnEventStreamWithoutItsType() throws Exception {
    URI hub =
        behind(
            next ->
                exchange -> {
                  exchange.addResponseCommitListener(
                      answer -> answer.getResponseHeaders().remove(Headers.CONTENT_TYPE));
                  next.handleRequest(exchange);
                });
    assertThat(ids(new EventStreamCheck(), hub)).containsExactly("server-sent-events.refused");
  }

  private static ProbeSettings settings(Duration idle, int maxBytes, @Nullable String origin) {
    return new ProbeSettings(2, idle, maxBytes, origin);
  }

  private URI behind(UnaryOperator<HttpHandler> inFront) {
    return probing.serve(Probing.quietHub().inFront(inFront));
  }

  private URI allowing(AllowedOrigins origins, UnaryOperator<HttpHandler> inFront) {
    return probing.serve(
        HubServer.builder()
            .hub("/chat", Probing.Quiet::new, hub -> hub.allowedOrigins(origins))
            .inFront(inFront));
  }

  private List<String> ids(Check check, URI hub) throws Exception {
    return probing.find(check, hub).stream().map(Finding::id).toList();
  }
}
