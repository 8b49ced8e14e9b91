package dev.hubwire.probe.check;

import dev.hubwire.negotiation.NegotiateResponse;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.probe.wire.Answer;
import dev.hubwire.probe.wire.RefusedException;
import dev.hubwire.probe.wire.UpgradeRefusedException;
import dev.hubwire.probe.wire.Visitor;
import dev.hubwire.probe.wire.WebSocketLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether all requests of a connection reach the process that issued it. Each negotiation is that
 * of a new client, and each request goes over a TCP connection of its own.
 */
public final class AffinityCheck implements Check {
  private static final byte[] HANDSHAKE =
      "{\"protocol\":\"json\",\"version\":1}\u001e".getBytes(StandardCharsets.UTF_8);

  private static final int MAX_DETAILS = 10;

  @Override
  public String name() {
    return "affinity";
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    Tally tally = new Tally();
    for (int i = 1; i <= context.settings().repeat(); i++) {
      tally.negotiation = i;
      Visitor visitor = context.visitor();
      try {
        NegotiateResponse.Accepted accepted = visitor.negotiate();
        tally.connection(accepted);
        if (context.offers(Transport.LONG_POLLING)) {
          requests(visitor, accepted.identity().token(), tally);
        } else if (context.offers(Transport.WEB_SOCKETS)) {
          handshake(visitor, accepted.identity().token(), tally);
        }
      } catch (RefusedException e) {
        tally.failed("negotiate", e.answer());
      } catch (IOException e) {
        tally.failed("a request", e);
      }
      tally.cookies.addAll(visitor.cookieNames());
    }
    return tally.findings();
  }

  /**
   * None of these waits at the server: a first poll is answered at once, a POST only after it.
   * DELETE of a connection that did not get its poll is answered 400 by the server that knows it.
   */
  private static void requests(Visitor visitor, ConnectionToken token, Tally tally)
      throws IOException, InterruptedException {
    Answer poll = visitor.poll(token);
    tally.answered("poll", poll);
    if (poll.status() == 200) {
      tally.answered("post", visitor.post(token, HANDSHAKE));
    }
    tally.answered("delete", visitor.delete(token));
  }

  private static void handshake(Visitor visitor, ConnectionToken token, Tally tally)
      throws IOException, InterruptedException {
    Map<String, String> headers =
        visitor.destination().accessToken() == null
            ? Map.of()
            : Map.of("Authorization", "Bearer " + visitor.destination().accessToken());
    tally.requests++;
    try {
      WebSocketLink.open(visitor, visitor.destination().connection(token), headers, false).close();
    } catch (UpgradeRefusedException e) {
      // Anything else is for the check of WebSockets to tell.
      if (e.status() == 404) {
        tally.lost("websocket", "404");
      }
    }
  }

  /** What came of the requests. */
  private static final class Tally {
    int negotiation;
    int requests;
    final Set<String> cookies = new TreeSet<>();
    private final Set<String> nodes = new TreeSet<>();
    private final Set<String> ids = new HashSet<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private int repeated;
    private String issuer = "";

    void connection(NegotiateResponse.Accepted accepted) {
      NodeName node = NodeName.of(accepted.identity().token());
      issuer = node == null ? "" : " of node " + node;
      if (node != null) {
        nodes.add(node.value());
      }
      if (!ids.add(accepted.identity().id().value())) {
        repeated++;
      }
    }

    void answered(String request, Answer answer) {
      requests++;
      if (answer.status() == 404) {
        lost(request, answer.toString());
      } else if (answer.status() >= 500) {
        failed(request, answer);
      }
    }

    void lost(String request, String answer) {
      lost.add("negotiation " + negotiation + issuer + ": " + request + " " + answer);
    }

    void failed(String request, Object how) {
      failed.add("negotiation " + negotiation + ": " + request + " " + how);
    }

    List<Finding> findings() {
      List<Finding> findings = new ArrayList<>();
      if (repeated > 0) {
        findings.add(cached());
      }
      if (!lost.isEmpty()) {
        findings.add(missing());
      }
      if (!failed.isEmpty()) {
        findings.add(failing());
      }
      if (findings.isEmpty() && (nodes.size() > 1 || !cookies.isEmpty())) {
        findings.add(holds());
      }
      return findings;
    }

    private Finding cached() {
      return Finding.error(
          "affinity.cached",
          repeated + " of " + negotiation + " negotiations gave a connection already given.",
          "A cache answers in place of the server. Clients share one connection and break it.",
          "Cache nothing below the hub's path, whatever the method.");
    }

    private Finding missing() {
      String spread =
          nodes.size() > 1 ? " Connections were issued by nodes " + join(nodes) + "." : "";
      String withCookies =
          cookies.isEmpty() ? "" : " The cookies " + join(cookies) + " did not help.";
      return Finding.error(
              "affinity.missing",
              lost.size()
                  + " of "
                  + requests
                  + " requests were answered 404: the server they came to does not know their"
                  + " connection."
                  + spread
                  + withCookies,
              "Requests of one connection are spread over several servers. Clients fail to start"
                  + " at random, and the more often the more servers there are.",
              "Switch on sticky sessions in the load balancer (nginx: ip_hash or hash; HAProxy:"
                  + " cookie or balance source), or forwarding between Hubwire's nodes, or let"
                  + " clients use WebSockets only and skip negotiation.")
          .with(shortened(lost));
    }

    private Finding failing() {
      return Finding.error(
              "affinity.failing",
              failed.size() + " requests failed, while others were answered.",
              "One of several servers is down, or the proxy lets too few connections through.",
              "Look at the servers behind the proxy, and at the proxy's own log.")
          .with(shortened(failed));
    }

    private Finding holds() {
      String by = nodes.size() > 1 ? "Nodes " + join(nodes) + " issued connections" : "All is well";
      String how =
          cookies.isEmpty()
              ? "Nothing asked for a cookie: the balancer goes by address, or nodes forward."
              : "Servers or the balancer set the cookies "
                  + join(cookies)
                  + ". If affinity hangs on them, clients that keep no cookies, and pages of other"
                  + " sites, lose it.";
      return Finding.info(
          "affinity.holds", by + ", and all " + requests + " requests found theirs.", how);
    }

    private static String join(Set<String> names) {
      return String.join(", ", names);
    }

    private static List<String> shortened(List<String> all) {
      if (all.size() <= MAX_DETAILS) {
        return all;
      }
      List<String> some = new ArrayList<>(all.subList(0, MAX_DETAILS));
      some.add("and " + (all.size() - MAX_DETAILS) + " more");
      return some;
    }
  }
}
