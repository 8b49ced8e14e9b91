package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.probe.wire.EventStreamLink;
import dev.hubwire.probe.wire.RefusedException;
import dev.hubwire.probe.wire.UpgradeRefusedException;
import dev.hubwire.probe.wire.Visitor;
import dev.hubwire.probe.wire.WebSocketLink;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Whether the access token is taken from the query, too: browsers can set no header on WebSockets
 * and event streams.
 */
public final class AccessTokenCheck implements Check {
  @Override
  public String name() {
    return "access-token";
  }

  @Override
  public boolean applies(ProbeContext context) {
    return context.hasNegotiated() && context.destination().accessToken() != null;
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    int status = 0;
    try {
      if (context.offers(Transport.WEB_SOCKETS)) {
        status = webSocket(context);
      } else if (context.offers(Transport.SERVER_SENT_EVENTS)) {
        status = eventStream(context);
      }
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      // The checks of the transports tell what is wrong with these.
      return List.of();
    }
    if (status != 401 && status != 403) {
      return List.of();
    }
    return List.of(
        Finding.error(
            "access-token.query-refused",
            "With the token in the header Authorization connections are let in, with the same"
                + " token in the query (access_token) they are answered "
                + status
                + ".",
            "Browsers cannot set that header on WebSockets and event streams, so they send the"
                + " query. Pages fall back to long polling or fail.",
            "Have the server take access_token from the query of the hub's path, and the proxy"
                + " pass queries on unchanged."));
  }

  private static int webSocket(ProbeContext context) throws IOException, InterruptedException {
    Visitor visitor = context.visitor();
    ConnectionToken token = visitor.negotiate().identity().token();
    try {
      WebSocketLink.open(
              visitor,
              visitor.destination().connectionWithAccessToken(token),
              Map.of("User-Agent", "hubwire-probe"),
              false)
          .close();
      return 101;
    } catch (UpgradeRefusedException e) {
      return e.status();
    }
  }

  private static int eventStream(ProbeContext context) throws IOException, InterruptedException {
    Visitor visitor = context.visitor();
    ConnectionToken token = visitor.negotiate().identity().token();
    var request = visitor.anonymousRequest(visitor.destination().connectionWithAccessToken(token));
    try (var stream = EventStreamLink.open(visitor, token, request)) {
      EventStreamLink.Head head = stream.head(context.network().timeout());
      return head == null ? 0 : head.status();
    }
  }
}
