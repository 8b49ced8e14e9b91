package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.probe.wire.Answer;
import dev.hubwire.probe.wire.HubConversation;
import dev.hubwire.probe.wire.HubEncoding;
import dev.hubwire.probe.wire.HubReply;
import dev.hubwire.probe.wire.LongPollLink;
import dev.hubwire.probe.wire.RefusedException;
import dev.hubwire.probe.wire.Visitor;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a poll that waits is answered when there is something, and whether it ends in order. */
public final class LongPollingCheck implements Check {
  /** No network is as slow. */
  private static final Duration LATE = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "long-polling";
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    if (!context.offers(Transport.LONG_POLLING)) {
      return List.of(Links.notOffered(name(), Transport.LONG_POLLING));
    }
    List<Finding> findings = new ArrayList<>();
    for (HubEncoding encoding : HubEncoding.values()) {
      if (findings.isEmpty()) {
        tryOne(context, encoding, findings);
      }
    }
    return findings;
  }

  private static void tryOne(ProbeContext context, HubEncoding encoding, List<Finding> findings)
      throws IOException, InterruptedException {
    Visitor visitor = context.visitor();
    ConnectionToken token = visitor.negotiate().identity().token();
    try (var link = LongPollLink.open(visitor, token)) {
      var conversation = new HubConversation(link, encoding, context.network());
      HubReply reply = conversation.handshake();
      if (reply instanceof HubReply.Answered) {
        // The poll waits at the server before there is anything to answer it with.
        link.park();
        reply = conversation.call(0);
      }
      judge(reply, encoding, findings);
      if (findings.isEmpty()) {
        judgeEnd(visitor.delete(token), findings);
      }
    } catch (RefusedException e) {
      findings.add(refused(e));
    } catch (HttpTimeoutException e) {
      findings.add(
          Finding.error(
              "long-polling.unanswered",
              "A request of long polling was not answered: " + e.getMessage() + ".",
              "Something holds a poll or a POST back. Clients have no other transport left.",
              "Let the proxy pass requests and responses without waiting."));
    }
  }

  private static void judge(HubReply reply, HubEncoding encoding, List<Finding> findings) {
    switch (reply) {
      case HubReply.Answered answered -> {
        if (answered.took().compareTo(LATE) > 0) {
          findings.add(
              Finding.warning(
                  "long-polling.late",
                  "A waiting poll was answered " + Visitor.words(answered.took()) + " late.",
                  "Each message to a client takes as long.",
                  "Look for buffering or throttling of responses in the proxy."));
        }
      }
      case HubReply.Refused refused ->
          findings.add(
              Finding.info(
                  "long-polling.without-" + encoding.wireName(),
                  "The hub does not speak " + encoding.wireName() + ": '" + refused.error() + "'",
                  "Clients with this hub protocol cannot use the hub. If they should, enable it"
                      + " there."));
      case HubReply.Ended ended ->
          findings.add(
              Finding.error(
                  "long-polling.cut",
                  "A poll ended without its message: " + ended.how() + ".",
                  "Clients take that for the end of their connection.",
                  "Let the proxy wait for the server's answer to a poll, and pass it on whole."));
      case HubReply.Silent silent ->
          findings.add(
              Finding.error(
                  "long-polling.silent",
                  "A waiting poll was not answered when there was a message for it.",
                  "Something holds responses back, or answers went to another poll. Clients hang.",
                  "Switch off response buffering for the hub's path, and any sharing of equal"
                      + " requests in a cache."));
    }
  }

  private static void judgeEnd(Answer answer, List<Finding> findings) {
    if (answer.status() != 202) {
      findings.add(
          Finding.warning(
              "long-polling.delete",
              "The DELETE that ends a connection was answered " + answer + " instead of 202.",
              "Connections of clients that leave stay until the server's time-out.",
              "Pass DELETE of the hub's path on to the server."));
    }
  }

  private static Finding refused(RefusedException refused) {
    if (refused.answer().isUnknownConnection()) {
      return Links.unknownConnection("long-polling");
    }
    return Finding.error(
        "long-polling.refused",
        "Long polling does not get through: " + refused.getMessage() + ".",
        "Clients have no other transport left.",
        "Pass GET, POST and DELETE of the hub's path on with body and query.");
  }
}
