package dev.hubwire.probe.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.server.HubServer;
import dev.hubwire.server.HubServerBuilder;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.util.Methods;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AffinityCheckTest {
  private final Probing probing = new Probing();

  @AfterEach
  void close() throws Exception {
    probing.close();
  }

  @Test
  void findsNothingAtASingleServer() throws Exception {
    URI hub = probing.serve(Probing.quietHub().node("n1"));
    assertThat(probing.find(new AffinityCheck(), hub)).isEmpty();
  }

  /** Negotiation, poll and DELETE go to the two servers in turn: each poll goes astray. */
  @Test
  void findsRequestsThatCameToTheWrongNode() throws Exception {
    URI first = probing.serve(Probing.quietHub().node("n1"));
    URI second = probing.serve(Probing.quietHub().node("n2"));
    URI hub = probing.keep(Relay.inTurn(first, second)).hub();
    List<Finding> findings = probing.find(new AffinityCheck(), hub);
    assertThat(findings).extracting(Finding::id).containsExactly("affinity.missing");
    Finding missing = findings.getFirst();
    assertThat(missing.severity()).isEqualTo(Severity.ERROR);
    assertThat(missing.observed()).startsWith("4 of 8 requests were answered 404");
    assertThat(missing.details())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("negotiation 1 of node n2: poll 404 'No Connection with that ID. It was issued")
        .contains("and this is node 'n1'");
  }

  @Test
  void findsLostHandshakesWhereOnlyWebSocketsAreOffered() throws Exception {
    URI first = probing.serve(webSocketsOnly("n1"));
    URI second = probing.serve(webSocketsOnly("n2"));
    URI hub = probing.keep(Relay.inTurn(first, second)).hub();
    Finding missing = probing.find(new AffinityCheck(), hub).getFirst();
    assertThat(missing.id()).isEqualTo("affinity.missing");
    assertThat(missing.observed()).startsWith("4 of 4 requests");
    assertThat(missing.details()).contains("negotiation 1 of node n2: websocket 404");
  }

  @Test
  void notesNodesThatAllKnowTheirConnections() throws Exception {
    // Each client's four requests to one node, then the next client's to the other.
    URI first = probing.serve(Probing.quietHub().node("n1"));
    URI second = probing.serve(Probing.quietHub().node("n2"));
    URI hub =
        probing
            .keep(
                Relay.inTurn(
                    first, second, second, second, second, first, first, first, first, second,
                    second, second, second, first, first, first, first))
            .hub();
    List<Finding> findings = probing.find(new AffinityCheck(), hub);
    assertThat(findings).extracting(Finding::id).containsExactly("affinity.holds");
    assertThat(findings.getFirst().observed())
        .isEqualTo("Nodes n1, n2 issued connections, and all 12 requests found theirs.");
  }

  @Test
  void findsANodeThatFails() throws Exception {
    URI hub =
        probing.serve(
            Probing.quietHub().inFront(next -> onGet(new ResponseCodeHandler(502), next)));
    List<Finding> findings = probing.find(new AffinityCheck(), hub);
    assertThat(findings).extracting(Finding::id).containsExactly("affinity.failing");
    assertThat(findings.getFirst().details()).contains("negotiation 1: poll 502");
  }

  private static HttpHandler onGet(HttpHandler instead, HttpHandler next) {
    return exchange -> {
      HttpHandler handler = exchange.getRequestMethod().equals(Methods.GET) ? instead : next;
      handler.handleRequest(exchange);
    };
  }

  private static HubServerBuilder webSocketsOnly(String node) {
    return HubServer.builder()
        .hub("/chat", Probing.Quiet::new, hub -> hub.transports(Set.of(Transport.WEB_SOCKETS)))
        .node(node);
  }
}
