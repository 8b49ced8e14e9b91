package dev.hubwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.server.HubServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes, and clients that negotiate with one and come to the other. */
class ForwardingTest {
  private static final String SECRET = "a secret of the cluster";
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");
  private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}\u001e";
  private static final String CALL =
      "{\"type\":1,\"invocationId\":\"0\",\"target\":\"echo\",\"arguments\":[\"a\"]}\u001e";
  private static final String ANSWER = "{\"type\":3,\"invocationId\":\"0\",\"result\":\"a\"}\u001e";

  private final Map<String, URI> addresses = new ConcurrentHashMap<>();
  private final HubServer owner = node("n1", SECRET);
  private final HubServer other = node("n2", SECRET);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.shutdownNow();
    owner.close();
    other.close();
  }

  @Test
  void pollsAndPostsReachTheirNode() throws Exception {
    String target = home(other) + "?id=" + negotiate(owner);
    assertThat(get(target).statusCode()).isEqualTo(200);
    assertThat(post(target, HANDSHAKE).statusCode()).isEqualTo(200);
    assertThat(get(target).body()).isEqualTo("{}\u001e");
    CompletableFuture<HttpResponse<String>> parked =
        client.sendAsync(request(target).build(), HttpResponse.BodyHandlers.ofString());
    post(target, CALL);
    assertThat(parked.get(10, TimeUnit.SECONDS).body()).isEqualTo(ANSWER);
    assertThat(client.send(request(target).DELETE().build(), text()).statusCode()).isEqualTo(202);
    assertThat(other.forwardedRequests())
        .containsOnlyKeys(ForwardingOutcome.values())
        .containsEntry(ForwardingOutcome.FORWARDED, 6L)
        .containsEntry(ForwardingOutcome.UNREACHABLE, 0L);
  }

  @Test
  void anEventStreamComesThroughEventByEvent() throws Exception {
    String target = home(other) + "?id=" + negotiate(owner);
    HttpResponse<Stream<String>> stream =
        client.send(
            request(target).header("Accept", "text/event-stream").build(),
            HttpResponse.BodyHandlers.ofLines());
    Iterator<String> lines = stream.body().iterator();
    assertThat(post(target, HANDSHAKE).statusCode()).isEqualTo(200);
    assertThat(nextData(lines)).isEqualTo("{}\u001e");
    post(target, CALL);
    assertThat(nextData(lines)).isEqualTo(ANSWER);
  }

  @Test
  void aWebSocketReachesItsNode() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(home(other).replace("http", "ws") + "?id=" + negotiate(owner)),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket webSocket, CharSequence data, boolean last) {
                    received.add(data.toString());
                    webSocket.request(1);
                    return null;
                  }
                })
            .join();
    socket.sendText(HANDSHAKE, true).join();
    assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("{}\u001e");
    socket.sendText(CALL, true).join();
    assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(ANSWER);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Test
  void whoClaimsToForwardHasToProveIt() throws Exception {
    String target = home(other) + "?id=" + negotiate(owner);
    HttpResponse<String> refused =
        client.send(request(target).header("Hubwire-Forwarded", "n3 1 made up").build(), text());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("does not prove it");
  }

  @Test
  void aNodeThatIsNotKnownIsNamed() throws Exception {
    String token = negotiate(owner);
    addresses.remove("n1");
    HttpResponse<String> answer = get(home(other) + "?id=" + token);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("issued by node 'n1'");
    assertThat(other.forwardedRequests()).containsEntry(ForwardingOutcome.UNKNOWN_NODE, 1L);
  }

  @Test
  void aNodeThatIsGoneIsNamed() throws Exception {
    String token = negotiate(owner);
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      addresses.put("n1", URI.create("http://127.0.0.1:" + nobody.getLocalPort()));
    }
    HttpResponse<String> answer = get(home(other) + "?id=" + token);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            "This connection lives on node 'n1', which node 'n2' cannot reach now. Start a new"
                + " connection.");
    assertThat(other.forwardedRequests()).containsEntry(ForwardingOutcome.UNREACHABLE, 1L);
  }

  @Test
  void aRequestIsForwardedOnce() throws Exception {
    String token = negotiate(owner);
    addresses.put("n1", URI.create(origin(other))); // n2 takes itself for n1
    HttpResponse<String> answer = get(home(other) + "?id=" + token);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("issued by node 'n1', and this is node 'n2'");
    assertThat(other.forwardedRequests())
        .containsEntry(ForwardingOutcome.FORWARDED, 1L)
        .containsEntry(ForwardingOutcome.FORWARDED_TWICE, 1L);
  }

  @Test
  void nodesWithAnotherSecretAreRefused() throws Exception {
    try (HubServer stranger = node("n3", "another secret, as long")) {
      HttpResponse<String> answer = get(home(stranger) + "?id=" + negotiate(owner));
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("the same forwarding secret");
    }
  }

  @Test
  void forwardingNeedsANameAndASecret() {
    NodeDirectory nobody = NodeDirectory.of(Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Forwarding.builder(nobody, "short"))
        .withMessage("secret: of 5 characters (expected: at least 16)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeDirectory.of(Map.of("n1", URI.create("http://localhost:1/hub"))))
        .withMessageContaining("(expected: http or https, host and port, without a path)");
    Forwarding forwarding = Forwarding.builder(nobody, SECRET).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HubServer.builder().forwarding(forwarding).listen("127.0.0.1", 0).start())
        .withMessageContaining("without a node name");
  }

  private HubServer node(String name, String secret) {
    NodeDirectory directory = node -> addresses.get(node.value());
    HubServer server =
        HubServer.builder()
            .hub("/talk", EchoHub::new)
            .node(name)
            .forwarding(Forwarding.builder(directory, secret).build())
            .listen("127.0.0.1", 0)
            .scanInterval(Duration.ofMillis(50))
            .start();
    addresses.put(name, URI.create(origin(server)));
    return server;
  }

  private static String origin(HubServer server) {
    return "http://127.0.0.1:" + server.port();
  }

  private static String home(HubServer server) {
    return origin(server) + "/talk";
  }

  private String negotiate(HubServer server) throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(post(home(server) + "/negotiate?negotiateVersion=1", "").body());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return client.send(request(target).build(), text());
  }

  private HttpResponse<String> post(String target, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(target).POST(HttpRequest.BodyPublishers.ofString(body)).build(), text());
  }

  private static HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(target)).timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private static String nextData(Iterator<String> lines) {
    String line = lines.next();
    while (!line.startsWith("data: ")) {
      line = lines.next();
    }
    return line.substring("data: ".length());
  }

  /** Says what it hears. */
  public static class EchoHub extends Hub<ClientProxy> {
    public String echo(String text) {
      return text;
    }
  }
}
