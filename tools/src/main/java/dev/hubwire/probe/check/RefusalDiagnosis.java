package dev.hubwire.probe.check;

import dev.hubwire.probe.wire.Answer;
import dev.hubwire.probe.wire.Destination;
import dev.hubwire.probe.wire.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/** Why a negotiation was answered with another status than 200. Asks a little more to find out. */
final class RefusalDiagnosis {
  private static final String NO_ID = "Connection ID required";

  private final ProbeContext context;
  private final Destination destination;
  private final Visitor visitor;

  RefusalDiagnosis(ProbeContext context, Destination destination) {
    this.context = context;
    this.destination = destination;
    this.visitor = context.network().visitor(destination);
  }

  Finding explain(Answer answer) throws IOException, InterruptedException {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 -> redirected(answer);
      case 401 -> unauthenticated();
      case 403 -> forbidden(answer);
      case 404 -> notFound(answer);
      case 405 -> notPosted(answer);
      case 502, 503, 504 -> unavailable(answer);
      default ->
          Finding.error(
              "negotiation.status",
              "Negotiation was answered " + answer + ".",
              "Clients fail to start with anything but 200.",
              "See the logs of whatever answers here; the header Server says '"
                  + answer.header("Server")
                  + "'.");
    };
  }

  private Finding redirected(Answer answer) {
    String location = answer.header("Location");
    String observed =
        "The POST that negotiates was answered " + answer.status() + " to " + location + ".";
    boolean toHttps = destination.hub().getScheme().equals("http") && location.startsWith("https:");
    if (toHttps) {
      return Finding.error(
          "redirect.https",
          observed,
          "Clients that follow it turn the POST into a GET (301, 302) or lose their access token;"
              + " WebSockets follow no redirect at all.",
          "Give clients the https URL.");
    }
    return Finding.error(
        "redirect.other",
        observed,
        "Clients that follow it turn the POST into a GET, or end at a login page; WebSockets"
            + " follow no redirect at all.",
        "Give clients the final URL, and leave the hub's path out of rules about trailing slashes,"
            + " host names and logins.");
  }

  private Finding unauthenticated() throws IOException, InterruptedException {
    if (destination.accessToken() == null) {
      return Finding.error(
          "authorization.required",
          "Negotiation was answered 401.",
          "The hub, or a proxy in front of it, wants to know who comes.",
          "Give an access token with --token. Where none should be needed, look for a proxy that"
              + " asks for a login.");
    }
    Answer inQuery =
        visitor.send(
            visitor
                .anonymousRequest(destination.negotiateWithAccessToken())
                .POST(BodyPublishers.noBody()));
    if (inQuery.status() == 200) {
      return Finding.error(
          "authorization.header-dropped",
          "With the token in the header Authorization the answer is 401, with the same token in"
              + " the query it is 200.",
          "Something on the way drops or replaces the header. Clients negotiate, post and poll"
              + " with the header.",
          "Have the proxy pass Authorization on, and use none of its own for this path.");
    }
    return Finding.error(
        "authorization.refused",
        "The access token was answered 401, in the header and in the query.",
        "The server does not accept it: expired, for another audience, or signed with another key.",
        "Get a new token, and compare issuer, audience and keys with the server's settings.");
  }

  private Finding forbidden(Answer answer) {
    return Finding.error(
        "authorization.forbidden",
        "Negotiation was answered " + answer + ".",
        destination.accessToken() == null
            ? "The hub lets nobody in without a token, or a firewall takes it for an attack."
            : "The user of this token may not use the hub, or a firewall takes it for an attack.",
        "Look into the server's log for the request: if it is not there, the proxy or firewall"
            + " refused it; if it is, the user lacks a role or policy.");
  }

  private Finding notFound(Answer answer) throws IOException, InterruptedException {
    Answer bare = visitor.send(visitor.request(destination.hub()).GET());
    if (bare.status() == 400 && bare.text().equals(NO_ID)) {
      return Finding.error(
          "path.negotiate-not-routed",
          "A hub answers at the URL itself, but " + destination.negotiate().getPath() + " is 404.",
          "The proxy passes exactly this path and not those below it, so clients cannot negotiate.",
          "Route by prefix: the hub's path and everything below it.");
    }
    Destination elsewhere = withoutPrefix();
    String found =
        elsewhere != null && isHub(elsewhere)
            ? "A hub answers at " + elsewhere + ": the proxy adds nothing to the path there."
            : "Compare with the path that the hub is mapped to, and with what the proxy strips or"
                + " adds.";
    return Finding.error(
        "path.unknown",
        "Negotiation was answered " + answer + ", and no hub answers at the URL.",
        "The path is wrong, or the proxy changes it on the way. Clients fail to start.",
        found);
  }

  /** The same without the first step of its path, which proxies often strip or should; or null. */
  private @Nullable Destination withoutPrefix() {
    String path = destination.hub().getRawPath();
    int second = path.indexOf('/', 1);
    return second < 0
        ? null
        : destination.at(URI.create(destination.origin() + path.substring(second)));
  }

  private boolean isHub(Destination other) throws IOException, InterruptedException {
    Visitor there = context.network().visitor(other);
    Answer answer = there.send(there.request(other.hub()).GET());
    return answer.status() == 400 && answer.text().equals(NO_ID);
  }

  private static Finding notPosted(Answer answer) {
    return Finding.error(
        "path.method",
        "The POST that negotiates was answered " + answer + ".",
        "Whoever answers serves this path with other methods only: a file server, a page's route,"
            + " or a proxy that lets only GET through. Clients fail to start.",
        "Pass GET, POST, DELETE and OPTIONS of the hub's path on to the hub's server.");
  }

  private static Finding unavailable(Answer answer) {
    return Finding.error(
        "negotiation.unavailable",
        "Negotiation was answered " + answer + ".",
        "The proxy cannot reach the hub's server, or the server takes no more connections.",
        "See whether the server runs and listens where the proxy looks for it, and its log for"
            + " limits that were reached.");
  }
}
