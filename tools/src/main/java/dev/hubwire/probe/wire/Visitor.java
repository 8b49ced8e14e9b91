package dev.hubwire.probe.wire;

import dev.hubwire.negotiation.NegotiateCodec;
import dev.hubwire.negotiation.NegotiateResponse;
import dev.hubwire.negotiation.token.ConnectionToken;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One client as servers see it: it keeps its cookies, sends its access token, follows no redirect.
 * Each request goes over a TCP connection of its own, so that a balancer decides about each anew.
 * Thread-safe.
 */
public final class Visitor {
  private final Network network;
  private final Destination destination;
  private final CookieManager cookies = new CookieManager();

  Visitor(Network network, Destination destination) {
    this.network = network;
    this.destination = destination;
  }

  public Network network() {
    return network;
  }

  public Destination destination() {
    return destination;
  }

  /** The names of the cookies that it was given. */
  public Set<String> cookieNames() {
    Set<String> names = new TreeSet<>();
    for (HttpCookie cookie : cookies.getCookieStore().getCookies()) {
      names.add(cookie.getName());
    }
    return names;
  }

  /** A request as clients send it: with the access token in its header. */
  public HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = anonymousRequest(uri);
    if (destination.accessToken() != null) {
      request.header("Authorization", "Bearer " + destination.accessToken());
    }
    return request;
  }

  /** A request without the header that carries the access token. */
  public HttpRequest.Builder anonymousRequest(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("X-Requested-With", "XMLHttpRequest")
        .header("User-Agent", "hubwire-probe");
  }

  /** Negotiates; whatever is answered is returned. */
  public Answer negotiateForAnswer() throws IOException, InterruptedException {
    return send(request(destination.negotiate()).POST(BodyPublishers.noBody()));
  }

  /**
   * Negotiates.
   *
   * @throws RefusedException if it gets no connection
   */
  public NegotiateResponse.Accepted negotiate() throws IOException, InterruptedException {
    Answer answer = negotiateForAnswer();
    if (answer.status() == 200) {
      try {
        if (NegotiateCodec.read(answer.body()) instanceof NegotiateResponse.Accepted accepted) {
          return accepted;
        }
      } catch (IllegalArgumentException e) {
        // Told below, with what was answered.
      }
    }
    throw new RefusedException("negotiation", answer);
  }

  public Answer poll(ConnectionToken token) throws IOException, InterruptedException {
    return send(request(destination.connection(token)).GET());
  }

  public Answer post(ConnectionToken token, byte[] body) throws IOException, InterruptedException {
    return send(
        request(destination.connection(token))
            .header("Content-Type", "text/plain;charset=UTF-8")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /**
   * Posts what a connection sends.
   *
   * @throws RefusedException if it is not taken
   */
  void deliver(ConnectionToken token, byte[] body) throws IOException, InterruptedException {
    Answer answer = post(token, body);
    if (answer.status() != 200) {
      throw new RefusedException("POST", answer);
    }
  }

  public Answer delete(ConnectionToken token) throws IOException, InterruptedException {
    return send(request(destination.connection(token)).DELETE());
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws HttpTimeoutException if it is not there in time
   */
  public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    CompletableFuture<Answer> answer = sendAsync(request);
    try {
      return answer.get(network.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within " + words(network.timeout()));
    } catch (ExecutionException e) {
      throw asIoException(e);
    }
  }

  /** Sends a request; without a limit of time. Cancelling the future ends the request. */
  CompletableFuture<Answer> sendAsync(HttpRequest.Builder request) {
    HttpClient connection = connection();
    long start = network.nanoTime().getAsLong();
    var answer = new CompletableFuture<Answer>();
    // Here and not on what follows from it, so that cancelling ends the request as well.
    CompletableFuture<?> unused = answer.whenComplete((whole, failure) -> connection.shutdownNow());
    CompletableFuture<?> unusedToo =
        connection
            .sendAsync(request.build(), BodyHandlers.ofByteArray())
            .whenComplete(
                (response, failure) -> {
                  if (failure != null) {
                    answer.completeExceptionally(failure);
                  } else {
                    answer.complete(
                        new Answer(
                            response.statusCode(),
                            response.headers(),
                            response.body(),
                            network.since(start)));
                  }
                });
    return answer;
  }

  /** A way to the server that nothing else uses. */
  HttpClient connection() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(network.timeout())
        .cookieHandler(cookies)
        .sslContext(network.trust())
        .executor(network.threads())
        .build();
  }

  static IOException asIoException(ExecutionException e) {
    return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
  }

  /** A duration for people: {@code 250 ms} or {@code 5 s}. */
  public static String words(Duration duration) {
    long millis = duration.toMillis();
    return millis < 1_000 || (millis % 1_000 != 0 && millis < 10_000)
        ? millis + " ms"
        : (millis + 500) / 1_000 + " s";
  }
}
