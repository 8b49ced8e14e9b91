package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.probe.wire.Answer;
import dev.hubwire.probe.wire.UpgradeRefusedException;
import dev.hubwire.probe.wire.Visitor;
import dev.hubwire.probe.wire.WebSocketLink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether pages of another origin may use the hub, as browsers judge it. */
public final class CorsCheck implements Check {
  @Override
  public String name() {
    return "cors";
  }

  @Override
  public boolean applies(ProbeContext context) {
    return context.settings().origin() != null;
  }

  @Override
  public List<Finding> run(ProbeContext context) throws IOException, InterruptedException {
    String origin = context.settings().origin();
    if (origin == null) {
      return List.of();
    }
    if (origin.equals(context.destination().origin())) {
      return List.of(
          Finding.info(
              "cors.same-origin",
              "The hub's URL is of the origin " + origin + " itself.",
              "Browsers ask no permission then."));
    }
    List<Finding> findings = new ArrayList<>();
    Visitor visitor = context.visitor();
    URI negotiate = context.destination().negotiate();
    add(findings, preflight(visitor, negotiate, "POST", origin));
    if (context.hasNegotiated() && findings.isEmpty()) {
      add(findings, preflight(visitor, context.destination().hub(), "DELETE", origin));
    }
    if (findings.isEmpty()) {
      Answer answer =
          visitor.send(
              visitor.request(negotiate).header("Origin", origin).POST(BodyPublishers.noBody()));
      add(findings, permission(answer, "the POST that negotiates", origin));
    }
    if (context.offers(Transport.WEB_SOCKETS)) {
      add(findings, webSocket(context, origin));
    }
    return findings;
  }

  private static void add(List<Finding> findings, @Nullable Finding finding) {
    if (finding != null) {
      findings.add(finding);
    }
  }

  /** Asks as a browser does before a request of a page. */
  private static @Nullable Finding preflight(Visitor visitor, URI uri, String method, String origin)
      throws IOException, InterruptedException {
    String headers = "x-requested-with,x-signalr-user-agent";
    if (visitor.destination().accessToken() != null) {
      headers = "authorization," + headers;
    }
    Answer answer =
        visitor.send(
            visitor
                .anonymousRequest(uri)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers)
                .method("OPTIONS", BodyPublishers.noBody()));
    String request = "the preflight of " + method;
    if (answer.status() < 200 || answer.status() > 299) {
      return Finding.error(
          "cors.preflight-refused",
          "For the origin " + origin + ", " + request + " was answered " + answer + ".",
          "Browsers ask before requests of pages of another origin, without credentials. A page"
              + " of this origin cannot use the hub.",
          "Let OPTIONS through to the server without a login, and name the origin there (Hubwire:"
              + " allowedOrigins; ASP.NET Core: UseCors before authentication).");
    }
    Finding missing = permission(answer, request, origin);
    if (missing != null) {
      return missing;
    }
    for (String header : headers.split(",", -1)) {
      if (!lists(answer, "Access-Control-Allow-Headers", header)) {
        return notAllowed(request, origin, "header " + header);
      }
    }
    boolean needsMethod = !method.equals("POST");
    return needsMethod && !lists(answer, "Access-Control-Allow-Methods", method)
        ? notAllowed(request, origin, "method " + method)
        : null;
  }

  private static boolean lists(Answer answer, String header, String value) {
    // With credentials, a star is no wildcard.
    return answer.headers().allValues(header).stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .anyMatch(one -> one.strip().toLowerCase(Locale.ROOT).equals(lower(value)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Finding notAllowed(String request, String origin, String what) {
    return Finding.error(
        "cors.not-allowed",
        "For the origin " + origin + ", " + request + " does not allow the " + what + ".",
        "Browsers refuse to send such requests. A page of this origin cannot use the hub, or"
            + " cannot end its connections.",
        "Allow GET, POST and DELETE with the headers that clients send; with credentials each has"
            + " to be named, a star is none.");
  }

  /** What is wrong with the permission that an answer gives; null if it is good. */
  private static @Nullable Finding permission(Answer answer, String request, String origin) {
    List<String> allowed = answer.headers().allValues("Access-Control-Allow-Origin");
    if (allowed.size() > 1) {
      return Finding.error(
          "cors.duplicate",
          "The answer to " + request + " names " + allowed.size() + " origins: " + allowed + ".",
          "Server and proxy both add CORS headers. Browsers take none of them.",
          "Leave CORS to one of the two.");
    }
    boolean credentials = answer.header("Access-Control-Allow-Credentials").equals("true");
    if (allowed.equals(List.of(origin)) && credentials) {
      return null;
    }
    String observed =
        allowed.isEmpty()
            ? "names no origin"
            : "allows the origin " + allowed.getFirst() + (credentials ? "" : ", no credentials");
    return Finding.error(
        "cors.denied",
        "For the origin " + origin + ", the answer to " + request + " " + observed + ".",
        "Browsers keep the answer from the page. Clients send credentials unless told otherwise,"
            + " and then the answer must name the origin itself and allow them.",
        "Name the origin in the server's CORS settings, with credentials (Hubwire:"
            + " allowedOrigins).");
  }

  private static @Nullable Finding webSocket(ProbeContext context, String origin)
      throws IOException, InterruptedException {
    Visitor visitor = context.visitor();
    ConnectionToken token = visitor.negotiate().identity().token();
    Map<String, String> headers = new HashMap<>(Links.headers(visitor));
    headers.put("Origin", origin);
    try {
      WebSocketLink.open(visitor, visitor.destination().connection(token), headers, false).close();
      return null;
    } catch (UpgradeRefusedException e) {
      if (e.status() != 401 && e.status() != 403) {
        return null;
      }
      return Finding.error(
          "cors.websocket-refused",
          "A WebSocket of a page of " + origin + " was answered " + e.status() + ".",
          "CORS does not cover WebSockets: servers and proxies judge their Origin themselves."
              + " Pages of this origin get no WebSocket.",
          "Name the origin where WebSockets are judged, in the server or the proxy.");
    }
  }
}
