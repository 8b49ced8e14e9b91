package dev.hubwire.probe.check;

import dev.hubwire.hub.Hub;
import dev.hubwire.probe.wire.Destination;
import dev.hubwire.probe.wire.Network;
import dev.hubwire.server.HubServer;
import dev.hubwire.server.HubServerBuilder;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.util.Headers;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A probe as a test needs it, with servers to look at. */
final class Probing implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** For what never comes. */
  static final Duration SHORT = Duration.ofMillis(700);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Closeable> opened = new ArrayList<>();

  private Duration timeout = TIMEOUT;
  private ProbeSettings settings =
      new ProbeSettings(4, ProbeSettings.DEFAULT_IDLE, ProbeSettings.DEFAULT_MAX_BYTES, null);
  private @Nullable String token;

  /** A hub without methods. */
  static final class Quiet extends Hub<Quiet.Client> {
    interface Client {}
  }

  /** A server with such a hub at {@code /chat}. */
  static HubServerBuilder quietHub() {
    return HubServer.builder().hub("/chat", Quiet::new);
  }

  /** Lets requests with the token {@code good} pass, in the header and perhaps in the query. */
  static HttpHandler guard(HttpHandler next, boolean takesQuery) {
    return exchange -> {
      String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
      Deque<String> query = exchange.getQueryParameters().get("access_token");
      boolean isGood =
          "Bearer good".equals(header)
              || (takesQuery && query != null && "good".equals(query.peek()));
      (isGood ? next : new ResponseCodeHandler(401)).handleRequest(exchange);
    };
  }

  Probing timeout(Duration value) {
    this.timeout = value;
    return this;
  }

  Probing settings(ProbeSettings value) {
    this.settings = value;
    return this;
  }

  Probing token(String value) {
    this.token = value;
    return this;
  }

  /** Starts a server that ends with the test; the URL of its hub. */
  URI serve(HubServerBuilder server) {
    HubServer started = server.listen("127.0.0.1", 0).start();
    opened.add(started::close);
    return hubAt(started.port());
  }

  /** Closes something with the test. */
  <T extends Closeable> T keep(T one) {
    opened.add(one);
    return one;
  }

  static URI hubAt(int port) {
    return URI.create("http://127.0.0.1:" + port + "/chat");
  }

  /** What a check finds, after a negotiation. */
  List<Finding> find(Check check, URI hub) throws Exception {
    ProbeContext context = context(hub);
    new NegotiationCheck().run(context);
    return check.run(context);
  }

  ProbeContext context(URI hub) throws NoSuchAlgorithmException {
    var network = new Network(timeout, SSLContext.getDefault(), threads, System::nanoTime);
    return new ProbeContext(network, settings, new Destination(hub, token));
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (Closeable one : opened.reversed()) {
      one.close();
    }
  }
}
