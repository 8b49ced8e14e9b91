package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.transport.CloseReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients whose network takes everything and gives nothing, as after a cable was pulled. */
class SilentNetworkTest {
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");
  private static final String SEPARATOR = "\u001e";
  private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}" + SEPARATOR;

  /** Silence counts from a client's first ping on. */
  private static final String PING = "{\"type\":6}";

  /** What hubs were told, in order. */
  private static final BlockingQueue<CloseReason> REASONS = new LinkedBlockingQueue<>();

  private final HubServer server =
      HubServer.builder()
          .hub(
              "/quiet",
              QuietHub::new,
              hub -> hub.keepAlive(Duration.ofMillis(200)).clientTimeout(Duration.ofMillis(600)))
          .listen("127.0.0.1", 0)
          .limits(ServerLimits.builder().disconnectTimeout(Duration.ofSeconds(1)).build())
          .scanInterval(Duration.ofMillis(20))
          .start();
  private final BlackHole network = new BlackHole(server.port());
  private final HttpClient client = HttpClient.newHttpClient();
  private final String home = "http://127.0.0.1:" + network.port() + "/quiet";

  @BeforeEach
  void forgetEarlierReasons() {
    REASONS.clear();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    network.close();
    server.close();
  }

  @Test
  void aWebSocketIsReleased() throws InterruptedException {
    RawClient socket = new RawClient(network.port(), "/quiet");
    socket.send(PING);
    socket.send("{\"type\":1,\"invocationId\":\"0\",\"target\":\"hello\",\"arguments\":[]}");
    assertThat(socket.receive()).contains("\"invocationId\":\"0\"");
    network.fallSilent();
    assertReleased();
    socket.close();
  }

  @Test
  void anEventStreamIsReleased() throws IOException, InterruptedException {
    String target = negotiate();
    HttpResponse<Stream<String>> stream =
        client.send(
            request(target).header("Accept", "text/event-stream").build(),
            HttpResponse.BodyHandlers.ofLines());
    post(target, HANDSHAKE);
    Iterator<String> lines = stream.body().iterator();
    String line = lines.next();
    while (!line.equals("data: {}\u001e")) {
      line = lines.next();
    }
    post(target, PING + SEPARATOR);
    network.fallSilent();
    assertReleased();
  }

  @Test
  void aParkedPollIsReleased() throws IOException, InterruptedException {
    String target = negotiate();
    assertThat(poll(target).join().statusCode()).isEqualTo(200);
    post(target, HANDSHAKE);
    assertThat(poll(target).join().body()).isEqualTo("{}\u001e");
    post(target, PING + SEPARATOR);
    long before = network.bytesDelivered();
    CompletableFuture<HttpResponse<String>> parked = poll(target);
    await(() -> network.bytesDelivered() > before);
    network.fallSilent();
    assertReleased();
    assertThat(parked).isNotDone();
  }

  private void assertReleased() throws InterruptedException {
    assertThat(REASONS.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.CLIENT_TIMEOUT);
    await(() -> server.holdings().equals(new HubHandler.Holdings(0, 0, 0, 0)));
    assertThat(server.closeReasons()).containsEntry(CloseReason.CLIENT_TIMEOUT, 1L);
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s stay", server.holdings()).isLessThan(deadline);
    }
  }

  private String negotiate() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(home + "/negotiate?negotiateVersion=1"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    Matcher token = TOKEN.matcher(answer.body());
    assertThat(token.find()).isTrue();
    return home + "?id=" + token.group(1);
  }

  private CompletableFuture<HttpResponse<String>> poll(String target) {
    return client.sendAsync(request(target).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void post(String target, String records) throws IOException, InterruptedException {
    HttpRequest post = request(target).POST(HttpRequest.BodyPublishers.ofString(records)).build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  private static HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(target));
  }

  /** Says little, and writes down how it ended. */
  public static class QuietHub extends Hub<ClientProxy> {
    public void hello() {}

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      CloseReason reason = context().closeReason();
      if (reason != null) {
        REASONS.add(reason);
      }
    }
  }
}
