package dev.hubwire.probe.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.server.HubServer;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.RedirectHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets, server-sent events and long polling, through what lets them through and what not. */
class TransportChecksTest {
  private final Probing probing = new Probing();

  static List<Check> transportChecks() {
    return List.of(new WebSocketsCheck(), new EventStreamCheck(), new LongPollingCheck());
  }

  @AfterEach
  void close() throws Exception {
    probing.close();
  }

  @ParameterizedTest
  @MethodSource("transportChecks")
  void findNothingWhereAllIsWell(Check check) throws Exception {
    URI hub = probing.keep(Relay.inTurn(probing.serve(Probing.quietHub()))).hub();
    assertThat(probing.find(check, hub)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("transportChecks")
  void findConnectionsThatAreUnknown(Check check) throws Exception {
    URI first = probing.serve(Probing.quietHub());
    URI second = probing.serve(Probing.quietHub());
    URI hub = probing.keep(Relay.inTurn(first, second)).hub();
    assertThat(ids(check, hub)).containsExactly(check.name() + ".unknown-connection");
  }

  @Test
  void doNotTryWhatIsNotOffered() throws Exception {
    URI hub =
        probing.serve(
            HubServer.builder()
                .hub(
                    "/chat",
                    Probing.Quiet::new,
                    options -> options.transports(Set.of(Transport.LONG_POLLING))));
    assertThat(ids(new WebSocketsCheck(), hub)).containsExactly("websockets.not-offered");
    assertThat(ids(new EventStreamCheck(), hub)).containsExactly("server-sent-events.not-offered");
    assertThat(ids(new LongPollingCheck(), hub)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("transportChecks")
  void noteAHubProtocolThatIsNotSpoken(Check check) throws Exception {
    URI hub =
        probing.serve(
            HubServer.builder()
                .hub(
                    "/chat",
                    Probing.Quiet::new,
                    options -> options.supportedProtocols(List.of("messagepack"))));
    assertThat(probing.find(check, hub))
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.id()).isEqualTo(check.name() + ".without-json");
              assertThat(note.severity()).isEqualTo(Severity.INFO);
              assertThat(note.observed()).contains("The protocol 'json' is not supported.");
            });
  }

  @Test
  void findAStrippedUpgrade() throws Exception {
    URI hub =
        behind(
            next ->
                exchange -> {
                  exchange.getRequestHeaders().remove(Headers.UPGRADE);
                  next.handleRequest(exchange);
                });
    assertThat(probing.find(new WebSocketsCheck(), hub))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("websockets.stripped");
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.observed()).contains("answered 200 instead of 101");
            });
  }

  @Test
  void findAForbiddenUpgrade() throws Exception {
    URI hub = behind(next -> onUpgrade(new ResponseCodeHandler(403), next));
    assertThat(ids(new WebSocketsCheck(), hub)).containsExactly("websockets.forbidden");
  }

  @Test
  void findAnUpgradeThatFails() throws Exception {
    URI hub = behind(next -> onUpgrade(new ResponseCodeHandler(502), next));
    assertThat(ids(new WebSocketsCheck(), hub)).containsExactly("websockets.failed");
  }

  @Test
  void findAnUpgradeThatIsRedirected() throws Exception {
    HttpHandler elsewhere = new RedirectHandler("https://hub.example/chat");
    URI hub = behind(next -> onUpgrade(elsewhere, next));
    assertThat(probing.find(new WebSocketsCheck(), hub))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("websockets.redirected");
              assertThat(finding.observed()).contains("https://hub.example/chat");
            });
  }

  @Test
  void findAWebSocketThatIsHeldBack() throws Exception {
    URI server = probing.serve(Probing.quietHub());
    URI hub = probing.keep(Relay.holdingBack(server, head -> head.contains("websocket"))).hub();
    probing.timeout(Probing.SHORT);
    assertThat(ids(new WebSocketsCheck(), hub)).containsExactly("websockets.unanswered");
  }

  @Test
  void findEventsThatAreHeldBackUntilTheirStreamEnds() throws Exception {
    URI server = probing.serve(Probing.quietHub());
    URI hub = probing.keep(Relay.holdingBack(server, head -> head.contains("event-stream"))).hub();
    probing.timeout(Probing.SHORT);
    assertThat(probing.find(new EventStreamCheck(), hub))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("server-sent-events.buffered");
              assertThat(finding.observed())
                  .contains("When the server ended the stream, they came");
            });
  }

  @Test
  void findEventsThatAreRefused() throws Exception {
    URI hub =
        behind(
            next ->
                exchange -> {
                  String accept = "" + exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
                  HttpHandler handler =
                      accept.contains("event-stream") ? new ResponseCodeHandler(406) : next;
                  handler.handleRequest(exchange);
                });
    assertThat(ids(new EventStreamCheck(), hub)).containsExactly("server-sent-events.refused");
  }

  @Test
  void findEventsThatAreCompressed() throws Exception {
    URI hub =
        behind(
            next ->
                exchange -> {
                  exchange.addResponseCommitListener(
                      answer -> answer.getResponseHeaders().put(Headers.CONTENT_ENCODING, "gzip"));
                  next.handleRequest(exchange);
                });
    assertThat(ids(new EventStreamCheck(), hub)).containsExactly("server-sent-events.compressed");
  }

  @Test
  void findPollsThatAreAnsweredOnTheWay() throws Exception {
    AtomicInteger polls = new AtomicInteger();
    HttpHandler nothing = new ResponseCodeHandler(204);
    URI hub =
        behind(
            next ->
                exchange -> {
                  boolean later =
                      exchange.getRequestMethod().equals(Methods.GET)
                          && polls.incrementAndGet() > 1;
                  (later ? nothing : next).handleRequest(exchange);
                });
    assertThat(ids(new LongPollingCheck(), hub)).containsExactly("long-polling.cut");
  }

  @Test
  void findPostsThatAreRefused() throws Exception {
    URI hub = behind(next -> onMessage(new ResponseCodeHandler(405), next));
    assertThat(ids(new EventStreamCheck(), hub)).containsExactly("server-sent-events.post-refused");
    assertThat(ids(new LongPollingCheck(), hub)).containsExactly("long-polling.refused");
  }

  @Test
  void findPollsThatAreHeldBack() throws Exception {
    URI server = probing.serve(Probing.quietHub());
    URI hub = probing.keep(Relay.holdingBack(server, head -> head.startsWith("GET"))).hub();
    probing.timeout(Probing.SHORT);
    assertThat(ids(new LongPollingCheck(), hub)).containsExactly("long-polling.unanswered");
  }

  @Test
  void findADeleteThatIsNotPassedOn() throws Exception {
    URI hub =
        behind(
            next ->
                exchange -> {
                  boolean deletes = exchange.getRequestMethod().equals(Methods.DELETE);
                  (deletes ? new ResponseCodeHandler(405) : next).handleRequest(exchange);
                });
    assertThat(ids(new LongPollingCheck(), hub)).containsExactly("long-polling.delete");
  }

  private URI behind(UnaryOperator<HttpHandler> inFront) {
    return probing.serve(Probing.quietHub().inFront(inFront));
  }

  private static HttpHandler onUpgrade(HttpHandler instead, HttpHandler next) {
    return exchange ->
        (exchange.getRequestHeaders().contains(Headers.UPGRADE) ? instead : next)
            .handleRequest(exchange);
  }

  /** For what clients send, and not for negotiation. */
  private static HttpHandler onMessage(HttpHandler instead, HttpHandler next) {
    return exchange -> {
      boolean isMessage =
          exchange.getRequestMethod().equals(Methods.POST)
              && !exchange.getRequestPath().endsWith("/negotiate");
      (isMessage ? instead : next).handleRequest(exchange);
    };
  }

  private List<String> ids(Check check, URI hub) throws Exception {
    return probing.find(check, hub).stream().map(Finding::id).toList();
  }
}
