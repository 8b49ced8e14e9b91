package dev.hubwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.conformance.ServerUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoints answer before a transport is there. */
class EndpointsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final Pattern TRANSPORT = Pattern.compile("\"transport\":\"(\\w+)\"");

  private static ServerUnderTest server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerUnderTest.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void negotiatesAnIdAndASecretToken() throws Exception {
    HttpResponse<String> response = post("/conformance/negotiate?negotiateVersion=1");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body())
        .matches(
            "\\{\"negotiateVersion\":1,\"connectionId\":\"[\\w-]{22}\",\"connectionToken\":\"[^\"]{22,}\","
                + "\"availableTransports\":\\[\\{\"transport\":\"WebSockets\","
                + "\"transferFormats\":\\[\"Text\",\"Binary\"]}.*]}");
  }

  @ParameterizedTest
  @CsvSource({
    "/conformance, WebSockets ServerSentEvents LongPolling",
    "/conformance-nows, ServerSentEvents LongPolling",
    "/conformance-lp, LongPolling",
    "/conformance-ws, WebSockets",
    "/CONFORMANCE-lp, LongPolling",
  })
  void offersTheTransportsOfThePath(String path, String transports) throws Exception {
    String body = post(path + "/negotiate?negotiateVersion=1").body();
    assertThat(TRANSPORT.matcher(body).results().map(found -> found.group(1)))
        .containsExactly(transports.split(" "));
  }

  @Test
  void tellsAVersionErrorWithStatus200() throws Exception {
    HttpResponse<String> response = post("/conformance/negotiate?negotiateVersion=two");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"error\":\"The client requested a non-integer protocol version.\"}");
  }

  @ParameterizedTest
  @CsvSource({"GET, /conformance/negotiate", "PUT, /conformance", "OPTIONS, /conformance"})
  void knowsNoOtherVerbs(String verb, String path) throws Exception {
    HttpResponse<String> response = send(verb, path);
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void wantsAConnection(String verb) throws Exception {
    HttpResponse<String> without = send(verb, "/conformance");
    assertThat(without.statusCode()).isEqualTo(400);
    assertThat(without.body()).isEqualTo("Connection ID required");
    HttpResponse<String> unknown = send(verb, "/conformance?id=AAAAAAAAAAAAAAAAAAAAAA");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).startsWith("No Connection with that ID");
  }

  @Test
  void letsPagesOfAnyOriginIn() throws Exception {
    HttpResponse<String> response =
        send("POST", "/conformance/negotiate", "Origin", "http://elsewhere.example");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("http://elsewhere.example");
    assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
  }

  @Test
  void upgradesToAWebSocketByTheBook() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), "/conformance")) {
      assertThat(socket.response().lines())
          .startsWith("HTTP/1.1 101 Switching Protocols")
          .contains(
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
  }

  @Test
  void refusesASocketForAnUnknownConnection() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), "/conformance?id=unknown")) {
      assertThat(socket.response()).startsWith("HTTP/1.1 404 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?access_token=a.b.c"})
  void letsNobodyInWithoutAGoodToken(String query) throws Exception {
    assertThat(post("/conformance-auth/negotiate" + query).statusCode()).isEqualTo(401);
    try (var socket = RawWebSocket.connect(server.url(), "/conformance-auth" + query)) {
      assertThat(socket.response()).startsWith("HTTP/1.1 401 ");
    }
    String expired = get("/token?user=ada&seconds=-1").body();
    assertThat(post("/conformance-auth/negotiate?access_token=" + expired).statusCode())
        .isEqualTo(401);
  }

  @Test
  void echoesBytesWithoutAHub() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.url(), "/raw-echo")) {
      socket.sendText("no handshake, no records");
      RawWebSocket.Message echo = socket.read();
      assertThat(echo.text()).isEqualTo("no handshake, no records");
      assertThat(echo.opcode()).isEqualTo(RawWebSocket.TEXT);
      socket.send(RawWebSocket.BINARY, "binary comes back as text".getBytes(UTF_8));
      assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.TEXT);
    }
  }

  @Test
  void servesThePagesBesideTheHubs() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("ok");
    assertThat(get("/token?user=ada").body()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(post("/publish?text=nobody+hears").statusCode()).isEqualTo(204);
    assertThat(get("/nothing-here").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private static HttpResponse<String> post(String path) throws Exception {
    return send("POST", path);
  }

  private static HttpResponse<String> send(String verb, String path, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(verb, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
