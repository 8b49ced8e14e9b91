package dev.hubwire.probe.check;

import dev.hubwire.negotiation.NegotiateCodec;
import dev.hubwire.negotiation.NegotiateResponse;
import dev.hubwire.probe.wire.Answer;
import dev.hubwire.probe.wire.Destination;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Whether negotiation gives a connection, and if not, what stands in the way. */
public final class NegotiationCheck implements Check {
  /** Clients follow a hundred; so many are a mistake. */
  private static final int MAX_REDIRECTS = 10;

  @Override
  public String name() {
    return "negotiation";
  }

  @Override
  public boolean applies(ProbeContext context) {
    return true;
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Destination destination = context.destination();
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      Answer answer = ask(context, destination, findings);
      if (answer == null) {
        return findings;
      }
      if (answer.status() != 200) {
        findings.add(new RefusalDiagnosis(context, destination).explain(answer));
        return findings;
      }
      NegotiateResponse response = read(answer, findings);
      if (!(response instanceof NegotiateResponse.Redirected redirected)) {
        if (response instanceof NegotiateResponse.Accepted accepted) {
          context.negotiated(destination, accepted.transports());
        }
        return findings;
      }
      destination = destination.redirected(redirected.to());
      findings.add(
          Finding.info(
              "negotiation.redirected",
              "The server sends clients to " + destination + " to negotiate there.",
              "Everything else was tried there."));
    }
    findings.add(redirectLoop());
    return findings;
  }

  /** The answer to a negotiation, or null and a finding where there is no TLS to ask over. */
  private static @Nullable Answer ask(
      ProbeContext context, Destination destination, List<Finding> findings)
      throws UnreachableException, InterruptedException {
    try {
      return context.network().visitor(destination).negotiateForAnswer();
    } catch (SSLException e) {
      findings.add(noTls(e));
      return null;
    } catch (HttpTimeoutException e) {
      throw new UnreachableException(destination + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UnreachableException(destination + ": " + reason(e), e);
    }
  }

  private static Finding redirectLoop() {
    return Finding.error(
        "negotiation.redirect-loop",
        "More than " + MAX_REDIRECTS + " negotiate answers in a row named another URL.",
        "Clients give up after a hundred.",
        "Let the last server of the chain answer with a connection.");
  }

  /** What the answer says; a finding for what clients could not read. */
  private static NegotiateResponse read(Answer answer, List<Finding> findings) {
    NegotiateResponse unusable = new NegotiateResponse.Refused("unusable");
    if (answer.isHtml()) {
      findings.add(
          Finding.error(
              "negotiation.html",
              "Negotiation was answered 200 with an HTML page.",
              "Something else than the hub answers: a login page, or a single-page application"
                  + " that takes every path. Clients fail to read it as JSON.",
              "Have the proxy pass this path and everything below it to the hub's server, before"
                  + " any rule that takes all paths or asks for a login."));
      return unusable;
    }
    NegotiateResponse response;
    try {
      response = NegotiateCodec.read(answer.body());
    } catch (IllegalArgumentException e) {
      findings.add(unreadable(answer, e));
      return unusable;
    }
    if (response instanceof NegotiateResponse.Refused refused) {
      findings.add(
          Finding.error(
              "negotiation.refused",
              "The server refused to negotiate: '" + refused.error() + "'",
              "Clients fail to start with this text.",
              "It is the hub server's own decision: see its settings, such as the minimum version"
                  + " of negotiation."));
    } else if (!answer.contentType().equals("application/json")) {
      findings.add(
          Finding.warning(
              "negotiation.content-type",
              "The negotiate answer is JSON but says that it is '" + answer.contentType() + "'.",
              "Clients read it all the same; proxies and browsers' tools may treat it wrongly.",
              "Leave the header Content-Type of responses as the server sends it."));
    }
    return response;
  }

  private static Finding unreadable(Answer answer, IllegalArgumentException reason) {
    if (answer.text().contains("\"ProtocolVersion\"")) {
      return Finding.error(
          "negotiation.legacy-signalr",
          "The negotiate answer is that of the legacy ASP.NET SignalR.",
          "Its protocol is another one. No client of today's SignalR can talk to it.",
          "Point clients at a server of ASP.NET Core SignalR or Hubwire.");
    }
    return Finding.error(
        "negotiation.unreadable",
        "Negotiation was answered 200, but not with a negotiate answer: " + reason.getMessage(),
        "Clients fail to start.",
        "Ask the URL with a POST to see who answers; a proxy must pass the body as it is.");
  }

  private static Finding noTls(SSLException e) {
    return Finding.error(
        "tls.handshake",
        "The TLS handshake failed: " + e.getMessage(),
        "Clients that trust the usual authorities cannot connect.",
        "Serve a certificate for this host name together with its intermediate certificates; for"
            + " an authority of your own, give --ca here and install it where clients run.");
  }

  private static String reason(IOException e) {
    Throwable cause = e;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? "cannot connect" : cause.getMessage();
  }
}
