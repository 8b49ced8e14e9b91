package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.probe.wire.HubConversation;
import dev.hubwire.probe.wire.HubReply;
import dev.hubwire.probe.wire.Visitor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection lives on which clients say nothing and the server no more than its pings; a
 * poll hears not even those. All transports at once.
 */
public final class IdleCheck implements Check {
  /** What became of one connection. */
  private record Life(Duration lasted, HubReply end) {}

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    Map<Transport, Future<Life>> lives = new EnumMap<>(Transport.class);
    List<HubConversation> open = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    try {
      for (Transport transport : Transport.all()) {
        HubConversation conversation = conversation(context, transport);
        if (conversation == null && context.offers(transport)) {
          findings.add(Links.notTried("idle", transport));
        } else if (conversation != null) {
          open.add(conversation);
          lives.put(
              transport, context.network().threads().submit(() -> live(context, conversation)));
        }
      }
      for (var life : lives.entrySet()) {
        judge(life.getKey(), life.getValue().get(), context, findings);
      }
      return findings;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      open.forEach(HubConversation::close);
    }
  }

  /** A connection to wait on, or null where the check of its transport tells why there is none. */
  private static @Nullable HubConversation conversation(ProbeContext context, Transport transport)
      throws InterruptedException {
    if (!context.offers(transport)) {
      return null;
    }
    try {
      return Links.conversation(context, transport);
    } catch (IOException e) {
      return null;
    }
  }

  private static Life live(ProbeContext context, HubConversation conversation)
      throws InterruptedException {
    long start = context.network().nanoTime().getAsLong();
    HubReply end = conversation.idle(context.settings().idle());
    return new Life(context.network().since(start), end);
  }

  private static void judge(
      Transport transport, Life life, ProbeContext context, List<Finding> findings) {
    String lasted = Visitor.words(life.lasted());
    switch (life.end()) {
      case HubReply.Refused refused ->
          findings.add(
              Finding.warning(
                  "idle.closed-by-hub",
                  "The hub closed a silent connection over "
                      + transport.wireName()
                      + " after "
                      + lasted
                      + ": '"
                      + refused.error()
                      + "'",
                  "It is the server's decision; clients reconnect if they are set up to.",
                  "If that is not meant, see the hub's time-outs, or the life of the access"
                      + " token."));
      case HubReply.Ended ended -> findings.add(cut(transport, lasted, ended.how(), context));
      default -> {
        // It lasted.
      }
    }
  }

  private static Finding cut(Transport transport, String lasted, String how, ProbeContext context) {
    String hint =
        transport == Transport.LONG_POLLING
            ? "A poll waits for up to 90 seconds without a byte: raise the proxy's time-out for"
                + " answers above that (nginx: proxy_read_timeout), or lower the server's time-out"
                + " for polls."
            : "Raise the proxy's time-out for idle connections above the server's keep-alive"
                + " interval, 15 seconds by default (nginx: proxy_read_timeout; HAProxy: timeout"
                + " tunnel), or lower that interval.";
    return Finding.error(
        "idle.cut",
        "A silent connection over "
            + transport.wireName()
            + " was cut after "
            + lasted
            + " of "
            + Visitor.words(context.settings().idle())
            + ": "
            + how
            + ".",
        "Something on the way ends connections that are idle. Clients lose theirs whenever there"
            + " is nothing to say.",
        hint);
  }
}
