package dev.hubwire.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same transports where many requests share one socket. */
class Http2Test {
  private final HttpTransportServer server = new HttpTransportServer();
  private final String target = server.negotiate();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

  /** The first request only upgrades the socket. */
  @BeforeEach
  void upgrade() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request("/c?id=none").GET().build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  @AfterEach
  void everythingIsGone() {
    client.shutdownNow();
    server.awaitNoConnections();
    server.close();
  }

  @Test
  void carriesAnEventStreamBesidePosts() throws IOException, InterruptedException {
    try (InputStream stream = events()) {
      TransportConnection connection = server.connection();
      assertThat(post("up").statusCode()).isEqualTo(200);
      assertThat(server.received()).isEqualTo("up");
      connection.send(server.payload("down"));
      assertThat(read(stream, "data: down\r\n\r\n")).endsWith("data: down\r\n\r\n");
      connection.close(CloseReason.SERVER_CLOSED);
      assertThat(stream.read()).isEqualTo(-1);
    }
    assertThat(server.end()).isEqualTo(CloseReason.SERVER_CLOSED);
  }

  @Test
  void noticesAStreamThatIsReset() throws IOException, InterruptedException {
    events().close();
    assertThat(server.end()).isEqualTo(CloseReason.CLIENT_GONE);
  }

  @Test
  void noticesASocketThatIsGone() throws IOException, InterruptedException {
    InputStream stream = events();
    client.shutdownNow();
    assertThat(server.end()).isEqualTo(CloseReason.CLIENT_GONE);
    stream.close();
  }

  @Test
  void cutsOneStreamOfASocketAndNoOther() throws IOException, InterruptedException {
    try (InputStream stream = events()) {
      server.connection().abort(CloseReason.ABORTED);
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
      assertThat(server.end()).isEqualTo(CloseReason.ABORTED);
      assertThat(post("late").statusCode()).isEqualTo(404);
      assertThat(server.sockets()).isOne();
    }
  }

  @Test
  void answersPollsOfEveryLength() throws IOException, InterruptedException {
    assertThat(poll().join()).isEmpty();
    TransportConnection connection = server.connection();
    for (int length : new int[] {1, 20_000, 3_000_000}) {
      CompletableFuture<String> waiting = poll();
      connection.send(server.payload("x".repeat(length)));
      assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join()).hasSize(length);
    }
  }

  @Test
  void aPollThatIsResetLosesNothing() throws InterruptedException {
    assertThat(poll().join()).isEmpty();
    TransportConnection connection = server.connection();
    server.awaitRequests(0);
    CompletableFuture<HttpResponse<String>> vanishing =
        client.sendAsync(request(target).GET().build(), HttpResponse.BodyHandlers.ofString());
    server.awaitRequests(1);
    vanishing.cancel(true);
    server.awaitRequests(0);
    connection.send(server.payload("kept"));
    assertThat(poll().orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("kept");
  }

  private InputStream events() throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        client.send(
            request(target).header("Accept", "text/event-stream").GET().build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(read(answer.body(), ":\r\n")).isEqualTo(":\r\n");
    return answer.body();
  }

  private CompletableFuture<String> poll() {
    return client
        .sendAsync(request(target).GET().build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return client.send(
        request(target).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
  }

  private static String read(InputStream stream, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = stream.read();
      assertThat(next).as("the stream ended after %s", text).isNotNegative();
      text.append(new String(new byte[] {(byte) next}, UTF_8));
    }
    return text.toString();
  }
}
