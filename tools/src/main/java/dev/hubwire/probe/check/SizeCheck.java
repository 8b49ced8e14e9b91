package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.probe.wire.Answer;
import dev.hubwire.probe.wire.HubConversation;
import dev.hubwire.probe.wire.HubReply;
import dev.hubwire.probe.wire.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How large what clients send may be: one POST of many messages, and one message. */
public final class SizeCheck implements Check {
  private static final int SMALLEST = 1024;
  private static final int TOO_LARGE = 413;

  /** Sends something of a size. */
  private interface Attempt {
    HubReply of(HubConversation conversation, int bytes) throws IOException, InterruptedException;
  }

  /** What became of the first size that did not go through. */
  private record Limit(int passed, int bytes, HubReply reply, String refusal, int status) {}

  @Override
  public String name() {
    return "sizes";
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Transport transport : List.of(Transport.LONG_POLLING, Transport.WEB_SOCKETS)) {
      if (context.offers(transport)) {
        try {
          tryOne(context, transport, findings);
        } catch (IOException e) {
          findings.add(Links.notTried("sizes", transport));
        }
      }
    }
    return findings;
  }

  private static void tryOne(ProbeContext context, Transport transport, List<Finding> findings)
      throws IOException, InterruptedException {
    if (transport == Transport.LONG_POLLING) {
      Limit body = grow(context, transport, HubConversation::batch);
      if (body != null) {
        findings.add(body(body));
      }
    }
    Limit message = grow(context, transport, HubConversation::call);
    if (message != null && isNew(message, findings)) {
      findings.add(message(transport, message));
    }
  }

  /** A refused body was told of already, and the hub's own limit is one for all transports. */
  private static boolean isNew(Limit limit, List<Finding> findings) {
    String id = limit.reply() instanceof HubReply.Refused ? "sizes.message-limit" : "sizes.body";
    boolean isKnownKind = limit.status() > 0 || id.equals("sizes.message-limit");
    return !isKnownKind || findings.stream().noneMatch(finding -> finding.id().startsWith(id));
  }

  /**
   * Doubles the size until something does not go through; null if all did.
   *
   * @throws IOException if there is no connection to try it on
   */
  private static @Nullable Limit grow(ProbeContext context, Transport transport, Attempt attempt)
      throws IOException, InterruptedException {
    int passed = 0;
    try (HubConversation conversation = Links.conversation(context, transport)) {
      for (int bytes = SMALLEST; ; bytes = Math.min(2 * bytes, context.settings().maxBytes())) {
        try {
          HubReply reply = attempt.of(conversation, bytes);
          if (!(reply instanceof HubReply.Answered)) {
            return new Limit(passed, bytes, reply, Links.words(reply), 0);
          }
        } catch (RefusedException e) {
          Answer answer = e.answer();
          return new Limit(
              passed, bytes, new HubReply.Silent(), "answered " + answer, answer.status());
        } catch (IOException e) {
          return new Limit(passed, bytes, new HubReply.Silent(), "" + e.getMessage(), 0);
        }
        passed = bytes;
        if (bytes == context.settings().maxBytes()) {
          return null;
        }
      }
    }
  }

  private static Finding body(Limit limit) {
    if (limit.status() == TOO_LARGE) {
      return Finding.error(
          "sizes.body-refused",
          "A POST of " + limit.bytes() + " bytes was answered 413; " + passed(limit),
          "The proxy refuses bodies that the hub would take. Clients without WebSockets lose what"
              + " they send, or their connection.",
          "Raise the proxy's limit for the hub's path (nginx: client_max_body_size) above the"
              + " hub's own.");
    }
    return Finding.error(
        "sizes.body-failed",
        "A POST of " + limit.bytes() + " bytes failed: " + limit.refusal() + "; " + passed(limit),
        "Clients without WebSockets lose what they send, or their connection.",
        "If the server's log names the limit, raise it there; otherwise raise the proxy's.");
  }

  private static Finding message(Transport transport, Limit limit) {
    if (limit.reply() instanceof HubReply.Refused refused) {
      return Finding.info(
          "sizes.message-limit",
          "The hub itself refused a message of "
              + limit.bytes()
              + " bytes: '"
              + refused.error()
              + "'; "
              + passed(limit),
          "That is its limit for one message (32,768 bytes by default), and not that of anything"
              + " in between. Clients that send larger ones need a higher one.");
    }
    if (transport == Transport.LONG_POLLING) {
      return body(limit);
    }
    return Finding.error(
        "sizes.websocket-cut",
        "A WebSocket message of "
            + limit.bytes()
            + " bytes got no answer: "
            + limit.refusal()
            + "; "
            + passed(limit),
        "Something on the way limits messages, or the server limits frames (close frame 1009)."
            + " Clients lose their connection.",
        "Raise the limit of whoever closed: the server's log says if it was the server.");
  }

  private static String passed(Limit limit) {
    return limit.passed() == 0
        ? "nothing smaller was tried."
        : limit.passed() + " bytes went through.";
  }
}
