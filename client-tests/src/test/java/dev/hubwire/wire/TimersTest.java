package dev.hubwire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.conformance.ServerUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a server with short intervals does by itself. It looks at them about once a second. */
@Execution(ExecutionMode.CONCURRENT)
class TimersTest {
  private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}\u001e";
  private static final String PING = "{\"type\":6}\u001e";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    server =
        ServerUnderTest.start(
            "--keep-alive-ms",
            "200",
            "--client-timeout-ms",
            "1000",
            "--handshake-timeout-ms",
            "500",
            "--close-on-expiry");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void cancelsAHandshakeThatDoesNotCome() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), "/conformance")) {
      assertThat(socket.read().text()).isEqualTo("{\"error\":\"Handshake was canceled.\"}\u001e");
      assertThat(socket.read().closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void closesAClientThatIsSilentAfterAPing() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), "/conformance")) {
      socket.sendText(HANDSHAKE + PING);
      assertThat(socket.read().text()).isEqualTo("{}\u001e");
      assertThat(afterPings(socket).text())
          .isEqualTo(
              "{\"type\":7,\"error\":\"Connection closed with an error.\",\"allowReconnect\":true}\u001e");
      assertThat(socket.read().closeCode()).isEqualTo(1000);
    }
  }

  @Test
  void pingsAndNeverClosesAClientThatNeverPinged() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), "/conformance")) {
      socket.sendText(HANDSHAKE);
      assertThat(socket.read().text()).isEqualTo("{}\u001e");
      long start = System.nanoTime();
      while (System.nanoTime() - start < Duration.ofMillis(2_500).toNanos()) {
        assertThat(socket.read().text()).isEqualTo(PING);
      }
    }
  }

  @Test
  void closesAConnectionWhoseTokenExpires() throws Exception {
    String token =
        HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/token?user=ada&seconds=4"))
                    .build(),
                BodyHandlers.ofString())
            .body();
    String path = "/conformance-auth?access_token=" + token;
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), path)) {
      socket.sendText(HANDSHAKE);
      assertThat(socket.read().text()).isEqualTo("{}\u001e");
      assertThat(afterPings(socket).text()).isEqualTo("{\"type\":7,\"allowReconnect\":true}\u001e");
      assertThat(socket.read().closeCode()).isEqualTo(1000);
    }
  }

  private static RawWebSocket.Message afterPings(RawWebSocket socket) throws IOException {
    RawWebSocket.Message message = socket.read();
    while (message.text().equals(PING)) {
      message = socket.read();
    }
    return message;
  }
}
