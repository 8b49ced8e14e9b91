package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.probe.wire.EventStreamLink;
import dev.hubwire.probe.wire.HubConversation;
import dev.hubwire.probe.wire.HubEncoding;
import dev.hubwire.probe.wire.HubReply;
import dev.hubwire.probe.wire.Link;
import dev.hubwire.probe.wire.LongPollLink;
import dev.hubwire.probe.wire.Visitor;
import dev.hubwire.probe.wire.WebSocketLink;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Connections as clients make them. */
final class Links {
  private Links() {}

  /** A negotiated connection over a transport. */
  static Link open(ProbeContext context, Transport transport, HubEncoding encoding)
      throws IOException, InterruptedException {
    Visitor visitor = context.visitor();
    ConnectionToken token = visitor.negotiate().identity().token();
    return switch (transport) {
      case WEB_SOCKETS ->
          WebSocketLink.open(
              visitor,
              visitor.destination().connection(token),
              headers(visitor),
              encoding == HubEncoding.MESSAGEPACK);
      case SERVER_SENT_EVENTS -> EventStreamLink.open(visitor, token);
      case LONG_POLLING -> LongPollLink.open(visitor, token);
    };
  }

  /**
   * One that has agreed on JSON.
   *
   * @throws IOException if the hub does not agree in time; other checks tell why
   */
  static HubConversation conversation(ProbeContext context, Transport transport)
      throws IOException, InterruptedException {
    var conversation =
        new HubConversation(
            open(context, transport, HubEncoding.JSON), HubEncoding.JSON, context.network());
    boolean agreed = false;
    try {
      HubReply reply = conversation.handshake();
      agreed = reply instanceof HubReply.Answered;
      if (!agreed) {
        throw new IOException("no handshake over " + transport.wireName() + ": " + words(reply));
      }
      return conversation;
    } finally {
      if (!agreed) {
        conversation.close();
      }
    }
  }

  /** The headers of a WebSocket handshake by clients that can set some. */
  static Map<String, String> headers(Visitor visitor) {
    Map<String, String> headers = new HashMap<>();
    headers.put("User-Agent", "hubwire-probe");
    if (visitor.destination().accessToken() != null) {
      headers.put("Authorization", "Bearer " + visitor.destination().accessToken());
    }
    return headers;
  }

  /** What happened, as the end of a sentence. */
  static String words(HubReply reply) {
    return switch (reply) {
      case HubReply.Answered answered -> "answered after " + Visitor.words(answered.took());
      case HubReply.Refused refused -> "the hub closed the connection: '" + refused.error() + "'";
      case HubReply.Ended ended -> "the connection ended: " + ended.how();
      case HubReply.Silent silent -> "nothing came";
    };
  }

  /** A transport that cannot be tried. */
  static Finding notOffered(String check, Transport transport) {
    return Finding.info(
        check + ".not-offered",
        "The server does not offer " + transport.wireName() + ".",
        "Clients use another transport. This one was not tried.");
  }

  /** A transport that is offered and gives no connection to go on with. */
  static Finding notTried(String check, Transport transport) {
    return Finding.info(
        check + ".not-tried",
        "No connection over " + transport.wireName() + " could be had to try it.",
        "The check of that transport tells why.");
  }

  /** A request of a connection that came to a server without it. */
  static Finding unknownConnection(String check) {
    return Finding.error(
        check + ".unknown-connection",
        "The server did not know the connection that was just negotiated (404).",
        "The request came to another server than the negotiation did, or to another application.",
        "See what the check of affinity says. If that is well, compare what the proxy does to"
            + " GET and POST of the hub's path.");
  }
}
