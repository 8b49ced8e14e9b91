package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.probe.wire.HubConversation;
import dev.hubwire.probe.wire.HubEncoding;
import dev.hubwire.probe.wire.HubReply;
import dev.hubwire.probe.wire.RefusedException;
import dev.hubwire.probe.wire.UpgradeRefusedException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Whether WebSockets get through, with text and with bytes. */
public final class WebSocketsCheck implements Check {
  @Override
  public String name() {
    return "websockets";
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    if (!context.offers(Transport.WEB_SOCKETS)) {
      return List.of(Links.notOffered(name(), Transport.WEB_SOCKETS));
    }
    List<Finding> findings = new ArrayList<>();
    boolean text = converses(context, HubEncoding.JSON, findings);
    if (text || findings.getLast().severity() == Severity.INFO) {
      converses(context, HubEncoding.MESSAGEPACK, findings);
    }
    return findings;
  }

  private static boolean converses(
      ProbeContext context, HubEncoding encoding, List<Finding> findings)
      throws IOException, InterruptedException {
    try (var conversation =
        new HubConversation(
            Links.open(context, Transport.WEB_SOCKETS, encoding), encoding, context.network())) {
      HubReply handshake = conversation.handshake();
      if (handshake instanceof HubReply.Refused refused) {
        findings.add(withoutProtocol(encoding, refused));
        return false;
      }
      HubReply reply = handshake instanceof HubReply.Answered ? conversation.call(0) : handshake;
      if (!(reply instanceof HubReply.Answered)) {
        findings.add(mute(encoding, reply));
        return false;
      }
      return true;
    } catch (UpgradeRefusedException e) {
      findings.add(refused(e));
    } catch (HttpTimeoutException e) {
      findings.add(unanswered(e));
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      findings.add(broken(e));
    }
    return false;
  }

  private static Finding refused(UpgradeRefusedException refused) {
    int status = refused.status();
    return switch (status) {
      case 404 -> Links.unknownConnection("websockets");
      case 401, 403 ->
          Finding.error(
              "websockets.forbidden",
              "The WebSocket handshake was answered " + status + ", though negotiation worked.",
              "A proxy, a firewall or the server's rule for origins refuses WebSockets. Clients"
                  + " fall back to other transports; those that skip negotiation fail.",
              "Allow upgrades for the hub's path where they are refused: see which log has the"
                  + " request.");
      case 301, 302, 303, 307, 308 ->
          Finding.error(
              "websockets.redirected",
              "The WebSocket handshake was redirected (" + status + ") to " + refused.location(),
              "No client follows a redirect with a WebSocket.",
              "Give clients the final URL.");
      case 500, 502, 503, 504 ->
          Finding.error(
              "websockets.failed",
              "The WebSocket handshake was answered " + status + ".",
              "The proxy passes other requests to the server, but not this one. Clients fall back"
                  + " to other transports after a while; those that skip negotiation fail.",
              "Look into the proxy's log; HTTP/1.1 to the server is needed for upgrades.");
      default -> stripped(status);
    };
  }

  private static Finding stripped(int status) {
    return Finding.error(
        "websockets.stripped",
        "The WebSocket handshake was answered " + status + " instead of 101, as a plain request.",
        "Something on the way drops the headers Upgrade and Connection, so the server never saw"
            + " that a WebSocket was asked for. Clients fall back to server-sent events or long"
            + " polling; those that skip negotiation fail.",
        "Pass upgrades on (nginx: proxy_http_version 1.1; proxy_set_header Upgrade"
            + " $http_upgrade; proxy_set_header Connection \"upgrade\"). Balancers must work with"
            + " HTTP/1.1 or TCP here.");
  }

  private static Finding unanswered(HttpTimeoutException e) {
    return Finding.error(
        "websockets.unanswered",
        "The WebSocket handshake was not answered: " + e.getMessage() + ".",
        "Something on the way holds the request or its answer back. Clients wait before they fall"
            + " back to other transports.",
        "Let the proxy pass the answer 101 and all that follows without waiting for an end.");
  }

  private static Finding broken(IOException e) {
    return Finding.error(
        "websockets.broken",
        "The WebSocket handshake failed: " + e.getMessage(),
        "What answered is no WebSocket as RFC 6455 has it, or the connection was cut.",
        "Look into the proxy's log; nothing may change the headers of the answer 101.");
  }

  private static Finding withoutProtocol(HubEncoding encoding, HubReply.Refused refused) {
    return Finding.info(
        "websockets.without-" + encoding.wireName(),
        "The hub does not speak " + encoding.wireName() + ": '" + refused.error() + "'",
        "Clients with this hub protocol cannot use the hub. If they should, enable it there.");
  }

  private static Finding mute(HubEncoding encoding, HubReply reply) {
    String sent = encoding == HubEncoding.JSON ? "text" : "binary";
    return Finding.error(
        "websockets." + (encoding == HubEncoding.JSON ? "mute" : "binary-mute"),
        "A WebSocket opened, but " + sent + " messages got no answer: " + Links.words(reply) + ".",
        "The upgrade gets through, and what follows does not. Clients hang until their handshake"
            + " times out.",
        "Let the proxy treat the connection as a tunnel after 101: no buffering, no inspection of "
            + sent
            + " messages.");
  }
}
