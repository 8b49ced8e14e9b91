package dev.hubwire.probe.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.hubwire.server.HubServer;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationCheckTest {
  private final Probing probing = new Probing();

  @AfterEach
  void close() throws Exception {
    probing.close();
  }

  @Test
  void findsNothingAtAHub() throws Exception {
    ProbeContext context = probing.context(probing.serve(Probing.quietHub()));
    assertThat(new NegotiationCheck().run(context)).isEmpty();
    assertThat(context.hasNegotiated()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "500, negotiation.status",
    "503, negotiation.unavailable",
    "405, path.method",
    "403, authorization.forbidden",
    "401, authorization.required",
  })
  void tellsWhatAStatusMeans(int status, String id) throws Exception {
    assertThat(ids(server(new ResponseCodeHandler(status)))).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, <!DOCTYPE html><p>Sign in</p>, negotiation.html",
    "application/json, {\"ProtocolVersion\":\"1.5\"}, negotiation.legacy-signalr",
    "application/json, {\"answer\":42}, negotiation.unreadable",
    "application/json, {\"error\":\"not today\"}, negotiation.refused",
  })
  void tellsWhatAnAnswerIs(String type, String body, String id) throws Exception {
    assertThat(ids(server(answering(type, body)))).containsExactly(id);
  }

  @Test
  void warnsOfAWrongContentTypeAndGoesOn() throws Exception {
    String answer =
        "{\"negotiateVersion\":1,\"connectionId\":\"a\",\"connectionToken\":\"b\","
            + "\"availableTransports\":[]}";
    ProbeContext context = probing.context(server(answering("text/plain", answer)));
    assertThat(new NegotiationCheck().run(context))
        .extracting(Finding::id, Finding::severity)
        .containsExactly(tuple("negotiation.content-type", Severity.WARNING));
    assertThat(context.hasNegotiated()).isTrue();
  }

  @Test
  void findsThePostThatIsRedirectedToHttps() throws Exception {
    URI hub = server(redirecting("https://chat.example/chat/negotiate"));
    assertThat(ids(hub)).containsExactly("redirect.https");
  }

  @Test
  void findsOtherRedirects() throws Exception {
    assertThat(ids(server(redirecting("/login")))).containsExactly("redirect.other");
  }

  @Test
  void followsANegotiateAnswerToAnotherServer() throws Exception {
    URI hub = probing.serve(Probing.quietHub());
    ProbeContext context =
        probing.context(server(answering("application/json", "{\"url\":\"" + hub + "\"}")));
    assertThat(new NegotiationCheck().run(context))
        .extracting(Finding::id)
        .containsExactly("negotiation.redirected");
    assertThat(context.destination().hub()).isEqualTo(hub);
  }

  @Test
  void givesUpWhereAnswersLeadInACircle() throws Exception {
    HttpHandler circle =
        exchange ->
            answering(
                    "application/json", "{\"url\":\"http://" + exchange.getHostAndPort() + "/x\"}")
                .handleRequest(exchange);
    assertThat(ids(server(circle))).hasSize(12).endsWith("negotiation.redirect-loop");
  }

  @Test
  void findsTheHubBehindAPrefixThatIsNotStripped() throws Exception {
    URI hub = probing.serve(Probing.quietHub());
    List<Finding> findings = probing.find(new NegotiationCheck(), hub.resolve("/app/chat"));
    assertThat(findings).extracting(Finding::id).containsExactly("path.unknown");
    assertThat(findings.getFirst().change()).startsWith("A hub answers at " + hub + ":");
  }

  @Test
  void findsThatOnlyThePathItselfIsRouted() throws Exception {
    URI hub =
        probing.serve(
            Probing.quietHub()
                .inFront(
                    next ->
                        exchange ->
                            (exchange.getRequestPath().endsWith("/negotiate")
                                    ? ResponseCodeHandler.HANDLE_404
                                    : next)
                                .handleRequest(exchange)));
    assertThat(ids(hub)).containsExactly("path.negotiate-not-routed");
  }

  @Test
  void findsAnAuthorizationHeaderThatIsDropped() throws Exception {
    URI hub =
        probing.serve(
            Probing.quietHub()
                .inFront(
                    next ->
                        exchange -> {
                          exchange.getRequestHeaders().remove(Headers.AUTHORIZATION);
                          Probing.guard(next, true).handleRequest(exchange);
                        }));
    assertThat(ids(probing.token("good"), hub)).containsExactly("authorization.header-dropped");
  }

  @Test
  void tellsWhenATokenIsRefused() throws Exception {
    assertThat(
            ids(
                probing.token("bad"),
                probing.serve(Probing.quietHub().inFront(next -> Probing.guard(next, true)))))
        .containsExactly("authorization.refused");
  }

  @Test
  void findsAServerThatSpeaksNoTls() throws Exception {
    URI hub = probing.serve(Probing.quietHub());
    URI https = URI.create(hub.toString().replace("http:", "https:"));
    assertThat(ids(https)).containsExactly("tls.handshake");
  }

  @Test
  void cannotReachAPortThatNobodyListensAt() throws Exception {
    int port = unusedPort();
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> probing.find(new NegotiationCheck(), Probing.hubAt(port)));
  }

  private static int unusedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private URI server(HttpHandler everything) {
    return probing.serve(HubServer.builder().fallback(everything));
  }

  private List<String> ids(URI hub) throws Exception {
    return ids(probing, hub);
  }

  private static List<String> ids(Probing probing, URI hub) throws Exception {
    return new NegotiationCheck().run(probing.context(hub)).stream().map(Finding::id).toList();
  }

  private static HttpHandler answering(String type, String body) {
    return exchange -> {
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
      exchange.getResponseSender().send(body);
    };
  }

  private static HttpHandler redirecting(String location) {
    return exchange -> {
      exchange.setStatusCode(StatusCodes.MOVED_PERMANENTLY);
      exchange.getResponseHeaders().put(Headers.LOCATION, location);
    };
  }
}
