package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.negotiation.Redirect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What clients and balancers see of a server that is drained. */
class DrainedServerTest {
  private static final String COME_BACK = "{\"type\":7,\"allowReconnect\":true}";

  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void aServerThatIsDrainedIsNotReadyAndRefusesNewClients() throws Exception {
    try (HubServer server = start();
        RawClient busy = new RawClient(server.port(), "/busy")) {
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
      assertThat(server.isReady()).isTrue();
      busy.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"work\",\"arguments\":[]}");
      assertThat(busy.receive()).contains("working");
      var unused = server.drain(DrainOptions.defaults());
      assertThat(server.isReady()).isFalse();
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      awaitRefusal(server);

      HttpResponse<String> refused = negotiate(server);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.body()).isEqualTo("The server is shutting down.");
      go.countDown();
    }
  }

  @Test
  void clientsWithNothingUnderWayLeaveFirstAndTheOthersWithTheirAnswers() throws Exception {
    try (HubServer server = start();
        RawClient busy = new RawClient(server.port(), "/busy");
        RawClient streaming = new RawClient(server.port(), "/busy");
        RawClient idle = new RawClient(server.port(), "/busy")) {
      busy.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"work\",\"arguments\":[]}");
      assertThat(busy.receive()).contains("working");
      streaming.send("{\"type\":4,\"invocationId\":\"2\",\"target\":\"parts\",\"arguments\":[]}");
      assertThat(streaming.receive()).isEqualTo("{\"type\":2,\"invocationId\":\"2\",\"item\":1}");

      CompletableFuture<@Nullable Void> drained =
          server.drain(DrainOptions.defaults()).toCompletableFuture();
      assertThat(idle.receive()).isEqualTo(COME_BACK);
      idle.leave();
      assertThat(drained).isNotDone();

      go.countDown();
      assertThat(busy.receive()).isEqualTo("{\"type\":3,\"invocationId\":\"1\",\"result\":7}");
      assertThat(busy.receive()).isEqualTo(COME_BACK);
      assertThat(streaming.receive()).isEqualTo("{\"type\":2,\"invocationId\":\"2\",\"item\":2}");
      assertThat(streaming.receive()).isEqualTo("{\"type\":3,\"invocationId\":\"2\"}");
      assertThat(streaming.receive()).isEqualTo(COME_BACK);
      busy.leave();
      streaming.leave();
      drained.join();
    }
  }

  @Test
  void whatIsStillUnderWayAtTheTimeoutIsClosed() {
    try (HubServer server = start();
        RawClient busy = new RawClient(server.port(), "/busy")) {
      busy.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"work\",\"arguments\":[]}");
      assertThat(busy.receive()).contains("working");
      CompletableFuture<@Nullable Void> drained =
          server
              .drain(DrainOptions.builder().timeout(Duration.ofMillis(100)).build())
              .toCompletableFuture();
      assertThat(busy.receive()).isEqualTo(COME_BACK);
      busy.leave();
      go.countDown();
      drained.join();
    }
  }

  @Test
  void newClientsCanBeSentElsewhere() throws Exception {
    try (HubServer server = start();
        RawClient busy = new RawClient(server.port(), "/busy")) {
      busy.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"work\",\"arguments\":[]}");
      assertThat(busy.receive()).contains("working");
      var unused =
          server.drain(
              DrainOptions.builder()
                  .redirect(request -> new Redirect("http://other" + request.path(), null))
                  .build());
      awaitLeaving(server, "http://other");
      go.countDown();
    }
  }

  @Test
  void aPathForReadinessStartsWithASlash() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HubServer.builder().readiness("readyz"))
        .withMessage("readiness: readyz (expected: /...)");
  }

  private HubServer start() {
    return HubServer.builder()
        .hub("/busy", () -> new WorkHub(go))
        .readiness("/readyz")
        .listen("127.0.0.1", 0)
        .start();
  }

  /** Draining begins on a thread of the server's. */
  private static void awaitRefusal(HubServer server) throws Exception {
    awaitLeaving(server, "The server is shutting down.");
  }

  private static void awaitLeaving(HubServer server, String answer) throws Exception {
    while (!negotiate(server).body().contains(answer)) {
      Thread.onSpinWait();
    }
  }

  private static HttpResponse<String> negotiate(HubServer server)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url(server, "/busy/negotiate?negotiateVersion=1"))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> get(HubServer server, String path)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url(server, path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static URI url(HubServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** Works until the test lets it go on. */
  public static final class WorkHub extends Hub<ClientProxy> {
    private final CountDownLatch go;

    WorkHub(CountDownLatch go) {
      this.go = go;
    }

    public int work() throws InterruptedException {
      clients().caller().send("working");
      go.await();
      return 7;
    }

    public Stream<Integer> parts() {
      return Stream.concat(Stream.of(1), Stream.of(2).peek(unused -> awaitGo()));
    }

    private void awaitGo() {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
