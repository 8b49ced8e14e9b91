package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.probe.wire.EventStreamLink;
import dev.hubwire.probe.wire.HubConversation;
import dev.hubwire.probe.wire.HubEncoding;
import dev.hubwire.probe.wire.HubReply;
import dev.hubwire.probe.wire.Received;
import dev.hubwire.probe.wire.RefusedException;
import dev.hubwire.probe.wire.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether events come while their stream is open. */
public final class EventStreamCheck implements Check {
  private static final byte[] HUB_CLOSE = "{\"type\":7}\u001e".getBytes(StandardCharsets.UTF_8);

  @Override
  public String name() {
    return "server-sent-events";
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    if (!context.offers(Transport.SERVER_SENT_EVENTS)) {
      return List.of(Links.notOffered(name(), Transport.SERVER_SENT_EVENTS));
    }
    Visitor visitor = context.visitor();
    ConnectionToken token = visitor.negotiate().identity().token();
    List<Finding> findings = new ArrayList<>();
    try (var stream = EventStreamLink.open(visitor, token)) {
      Duration timeout = context.network().timeout();
      EventStreamLink.Head head = stream.head(timeout);
      Finding unusable = head == null ? null : judge(head);
      if (unusable != null) {
        findings.add(unusable);
      }
      if (unusable == null || unusable.severity() != Severity.ERROR) {
        tryToConverse(context, stream, head, findings);
      }
    } catch (IOException e) {
      findings.add(
          Finding.error(
              "server-sent-events.broken",
              "The event stream failed: " + e.getMessage(),
              "Clients fall back to long polling.",
              "Look into the proxy's log."));
    }
    return findings;
  }

  private static void tryToConverse(
      ProbeContext context,
      EventStreamLink stream,
      EventStreamLink.@Nullable Head head,
      List<Finding> findings)
      throws IOException, InterruptedException {
    try {
      converse(context, stream, head, findings);
    } catch (RefusedException e) {
      // The connection ends with its stream, and then nobody knows it.
      Received last;
      do {
        last = stream.receive(Duration.ofMillis(1));
      } while (last instanceof Received.Data);
      findings.add(
          last instanceof Received.Ended ended ? cut(ended.how(), head != null) : postRefused(e));
    }
  }

  private static Finding cut(String how, boolean head) {
    return Finding.error(
        "server-sent-events.cut",
        "The event stream ended before anything could be said: "
            + how
            + (head ? "." : ", and nothing of it came before."),
        "Clients lose their connection at once and fall back to long polling.",
        "Let the proxy keep responses open that have no end, for longer than the server's"
            + " keep-alive interval, and without buffering.");
  }

  private static void converse(
      ProbeContext context,
      EventStreamLink stream,
      EventStreamLink.@Nullable Head head,
      List<Finding> findings)
      throws IOException, InterruptedException {
    var conversation = new HubConversation(stream, HubEncoding.JSON, context.network());
    Duration timeout = context.network().timeout();
    boolean comment = head != null && stream.receive(timeout) instanceof Received.Data;
    HubReply reply = conversation.handshake();
    if (reply instanceof HubReply.Answered) {
      reply = conversation.call(0);
    }
    if (reply instanceof HubReply.Refused refused) {
      findings.add(
          Finding.info(
              "server-sent-events.without-json",
              "The hub does not speak json: '" + refused.error() + "'",
              "Server-sent events carry text only, so clients use another transport."));
    } else if (!(reply instanceof HubReply.Answered)) {
      findings.add(silent(stream, head != null, comment, reply, timeout));
    } else if (!comment) {
      findings.add(
          Finding.warning(
              "server-sent-events.late-opening",
              "The stream's opening comment was not sent on at once.",
              "Browsers report a stream as open only when its first byte is there; clients wait.",
              "Switch off response buffering for the hub's path."));
    }
  }

  private static @Nullable Finding judge(EventStreamLink.Head head) {
    if (head.status() == 404) {
      return Links.unknownConnection("server-sent-events");
    }
    String type = head.headers().firstValue("Content-Type").orElse("");
    if (head.status() != 200 || !type.startsWith("text/event-stream")) {
      return Finding.error(
          "server-sent-events.refused",
          "The request for events was answered " + head.status() + " with the type '" + type + "'.",
          "Something refuses or replaces event streams. Clients fall back to long polling.",
          "Pass the header Accept on, and responses of type text/event-stream as they are.");
    }
    String encoding = head.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equals("identity")) {
      return Finding.warning(
          "server-sent-events.compressed",
          "The event stream is compressed on the way (" + encoding + ").",
          "Compression gathers bytes before it sends them: events may come late or in heaps.",
          "Leave text/event-stream out of the types that the proxy compresses.");
    }
    return null;
  }

  /** Ends the connection, to see whether that lets go what was held back. */
  private static Finding silent(
      EventStreamLink stream, boolean head, boolean comment, HubReply reply, Duration timeout)
      throws IOException, InterruptedException {
    if (reply instanceof HubReply.Ended ended) {
      return cut(ended.how(), head);
    }
    stream.send(HUB_CLOSE);
    boolean released = stream.receive(timeout) instanceof Received.Data;
    String missing = head ? (comment ? "" : "its opening comment and ") : "its head and ";
    return Finding.error(
        "server-sent-events.buffered",
        "The event stream brought nothing while it was open: "
            + missing
            + "the answer to the handshake did not come within "
            + Visitor.words(timeout)
            + "."
            + (released ? " When the server ended the stream, they came at once." : ""),
        "Something on the way gathers the response until it ends, which an event stream does not."
            + " Clients hang until a time-out, then fall back to long polling.",
        "Switch off response buffering for the hub's path (nginx: proxy_buffering off, and no"
            + " proxy_ignore_headers X-Accel-Buffering), compression, and virus scanning of"
            + " responses.");
  }

  private static Finding postRefused(RefusedException refused) {
    if (refused.answer().isUnknownConnection()) {
      return Links.unknownConnection("server-sent-events");
    }
    return Finding.error(
        "server-sent-events.post-refused",
        "What clients send beside the stream was refused: " + refused.getMessage() + ".",
        "Clients can listen and not speak, so they do not get past the handshake.",
        "Pass POST of the hub's path on with body and query.");
  }
}
