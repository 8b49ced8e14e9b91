package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.IoUtils;

/** RFC 6455 §4.2, on a real server, since much of it is how that one parses a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketHandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String CONNECTION = "Connection: Upgrade";
  private static final String UPGRADE = "Upgrade: websocket";
  private static final String VERSION = "Sec-WebSocket-Version: 13";
  private static final String SWITCHED = "HTTP/1.1 101 Switching Protocols";
  private static final String NOT_A_WEBSOCKET = "HTTP/1.1 400 Bad Request";

  private final BlockingQueue<List<String>> offered = new ArrayBlockingQueue<>(1);
  private @Nullable Undertow server;
  private int port;

  @BeforeAll
  void startServer() {
    server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(1)
            .addHttpListener(0, "127.0.0.1", this::handle)
            .build();
    server.start();
    port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.stop();
    }
  }

  /** Switches protocols, to the last one offered, or says 400. */
  private void handle(HttpServerExchange exchange) {
    if (!WebSocketHandshake.isUpgrade(exchange)) {
      exchange.setStatusCode(400).endExchange();
      return;
    }
    List<String> subprotocols = WebSocketHandshake.subprotocols(exchange);
    exchange.upgradeChannel((connection, ended) -> IoUtils.safeClose(connection));
    WebSocketHandshake.writeResponse(
        exchange, subprotocols.isEmpty() ? null : subprotocols.get(subprotocols.size() - 1));
    offered.add(subprotocols);
    exchange.endExchange();
  }

  @Test
  void answersTheKeyOfTheStandard() {
    // RFC 6455 §1.3
    assertThat(WebSocketHandshake.accept(KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void switchesProtocolsWithTheseHeadersAndNoOthers() throws IOException {
    // Browsers always offer compression.
    List<String> response =
        get(
            CONNECTION,
            UPGRADE,
            VERSION,
            key(KEY),
            "Origin: http://localhost",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");

    assertThat(response.get(0)).isEqualTo(SWITCHED);
    assertThat(response.subList(1, response.size()))
        .filteredOn(line -> !line.startsWith("Date: "))
        .containsExactlyInAnyOrder(
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upgrade",
        "UPGRADE",
        "keep-alive, Upgrade",
        "keep-alive,\tupgrade ,",
        ",,Upgrade",
        "upgrade, close",
        "keep-alive|Connection: upgrade"
      })
  void findsUpgradeInTheConnectionList(String list) throws IOException {
    assertThat(status("Connection: " + list, UPGRADE, VERSION, key(KEY))).isEqualTo(SWITCHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keep-alive", "close", "x-upgrade", "upgrade;q=1", "a upgrade", "\"upgrade\"", ""})
  void wantsUpgradeInTheConnectionList(String list) throws IOException {
    assertThat(status("Connection: " + list, UPGRADE, VERSION, key(KEY)))
        .isEqualTo(NOT_A_WEBSOCKET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WebSocket", "h2c, websocket", "h2c|Upgrade: websocket"})
  void findsWebSocketInTheUpgradeList(String list) throws IOException {
    assertThat(status(CONNECTION, "Upgrade: " + list, VERSION, key(KEY))).isEqualTo(SWITCHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2c", "websocket/13", "web socket", ""})
  void wantsWebSocketInTheUpgradeList(String list) throws IOException {
    assertThat(status(CONNECTION, "Upgrade: " + list, VERSION, key(KEY)))
        .isEqualTo(NOT_A_WEBSOCKET);
  }

  @ParameterizedTest
  @ValueSource(strings = {" 13 ", "8, 13", "13,8", "8|Sec-WebSocket-Version: 13"})
  void findsItsVersionInTheList(String list) throws IOException {
    assertThat(status(CONNECTION, UPGRADE, "Sec-WebSocket-Version: " + list, key(KEY)))
        .isEqualTo(SWITCHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "12", "14", "013", "+13", "13.0", "13 8", "13;x", ""})
  void wantsItsVersionInTheList(String list) throws IOException {
    assertThat(status(CONNECTION, UPGRADE, "Sec-WebSocket-Version: " + list, key(KEY)))
        .isEqualTo(NOT_A_WEBSOCKET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+/+/+/+/+/+/+/+/+/+/+A==",
        "  dGhlIHNhbXBsZSBub25jZQ==  ",
        "dGhlIHNhbXBsZSBub25jZR=="
      })
  void acceptsAKeyOfSixteenBytes(String key) throws IOException {
    assertThat(status(CONNECTION, UPGRADE, VERSION, key(key))).isEqualTo(SWITCHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "YWFhYWFhYWFhYWFhYWFh",
        "YWFhYWFhYWFhYWFhYWFhYWE=",
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZQ=",
        "dGhlIHNhbXBsZSBub25jZQ===",
        "_-_-_-_-_-_-_-_-_-_-_A==",
        "!!!!!!!!!!!!!!!!!!!!!!==",
        "AAAA====AAAAAAAAAAAAAA==",
        "dGhlIHNhbX BsZSBub25jZQ==",
        "AAAAAAAAAAAAAAAAAAAAAAAA",
        "\"dGhlIHNhbXBsZSBub25jZQ==\"",
        "dGhlIHNhbXBsZSBub25jZQ==,",
        "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==",
        "dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
      })
  void wantsOneKeyOfSixteenBytes(String key) throws IOException {
    assertThat(status(CONNECTION, UPGRADE, VERSION, key(key))).isEqualTo(NOT_A_WEBSOCKET);
  }

  @Test
  void wantsAllFourHeaders() throws IOException {
    assertThat(status(UPGRADE, VERSION, key(KEY))).isEqualTo(NOT_A_WEBSOCKET);
    assertThat(status(CONNECTION, VERSION, key(KEY))).isEqualTo(NOT_A_WEBSOCKET);
    assertThat(status(CONNECTION, UPGRADE, key(KEY))).isEqualTo(NOT_A_WEBSOCKET);
    assertThat(status(CONNECTION, UPGRADE, VERSION)).isEqualTo(NOT_A_WEBSOCKET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1", "HEAD / HTTP/1.1", "GET / HTTP/1.0"})
  void wantsAGetOfVersionOnePointOne(String requestLine) throws IOException {
    assertThat(exchange(requestLine, CONNECTION, UPGRADE, VERSION, key(KEY)))
        .first()
        .asString()
        .endsWith("400 Bad Request");
  }

  @Test
  void wantsNoBody() throws IOException {
    assertThat(status(CONNECTION, UPGRADE, VERSION, key(KEY), "Content-Length: 5||hello"))
        .isEqualTo(NOT_A_WEBSOCKET);
    assertThat(status(CONNECTION, UPGRADE, VERSION, key(KEY), "Transfer-Encoding: chunked||0|"))
        .isEqualTo(NOT_A_WEBSOCKET);
    assertThat(status(CONNECTION, UPGRADE, VERSION, key(KEY), "Content-Length: 0"))
        .isEqualTo(SWITCHED);
  }

  @Test
  void listsWhatSubprotocolsAreOfferedAndNamesTheSelected() throws Exception {
    List<String> response =
        get(
            CONNECTION,
            UPGRADE,
            VERSION,
            key(KEY),
            "Sec-WebSocket-Protocol: json, ,a",
            "Sec-WebSocket-Protocol: msgpack");

    assertThat(offered.poll(10, TimeUnit.SECONDS)).containsExactly("json", "a", "msgpack");
    assertThat(response).contains("Sec-WebSocket-Protocol: msgpack");
  }

  /**
   * The lines of the response's head to a GET with these headers; {@code |} separates lines too.
   */
  private List<String> get(String... headers) throws IOException {
    return exchange("GET /hub HTTP/1.1", headers);
  }

  private String status(String... headers) throws IOException {
    return get(headers).get(0);
  }

  private List<String> exchange(String requestLine, String... headers) throws IOException {
    offered.clear();
    String request = requestLine + "|Host: localhost|" + String.join("|", headers) + "||";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(request.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
      return head(socket.getInputStream());
    }
  }

  private static List<String> head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("after: " + head);
      }
      head.append((char) next);
    }
    return head.toString().lines().filter(line -> !line.isEmpty()).toList();
  }

  private static String key(String key) {
    return "Sec-WebSocket-Key: " + key;
  }
}
