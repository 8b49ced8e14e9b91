package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Clients that want too much, on bare sockets. */
class LimitsTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET /talk HTTP/1.1",
          "Host: localhost",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "\r\n");

  private static final int PATIENCE_MILLIS = 10_000;

  @Test
  void oneConnectionTooManyIsRefusedWhenItNegotiatesAndWhenItDoesNot() {
    try (HubServer server = server(ServerLimits.builder().maxConnections(1));
        RawClient only = new RawClient(server.port(), "/talk")) {
      assertThat(exchange(server, post("/talk/negotiate?negotiateVersion=1", "")))
          .startsWith("HTTP/1.1 503")
          .endsWith("This server has as many connections as it may have. Try again later.");
      assertThat(exchange(server, UPGRADE)).startsWith("HTTP/1.1 503");
      assertThat(server.refusals()).containsEntry(Limit.CONNECTIONS, 2L);
      only.leave();
      assertThat(negotiateUntilThereIsRoom(server)).isNotEmpty();
    }
  }

  @Test
  void aUserAndAnAddressHaveSoManyConnectionsEach() {
    try (HubServer server = server(ServerLimits.builder().maxConnectionsPerUser(1));
        RawClient only = new RawClient(server.port(), "/talk?user=ann")) {
      assertThat(exchange(server, post("/talk/negotiate?user=ann", "")))
          .startsWith("HTTP/1.1 429")
          .endsWith("This user has as many connections as one user may have. Close another first.");
      assertThat(exchange(server, post("/talk/negotiate?user=bob", ""))).startsWith("HTTP/1.1 200");
      only.leave();
    }
    try (HubServer server = server(ServerLimits.builder().maxConnectionsPerAddress(1));
        RawClient only = new RawClient(server.port(), "/talk")) {
      assertThat(exchange(server, post("/talk/negotiate", "")))
          .startsWith("HTTP/1.1 429")
          .contains("This address has as many connections");
      only.leave();
    }
  }

  @Test
  void aConnectionThatEndsBeforeItBeganLeavesItsPlace() {
    try (HubServer server = server(ServerLimits.builder().maxConnections(1))) {
      try (RawClient first = new RawClient(server.port(), "/talk")) {
        first.reset();
      }
      assertThat(negotiateUntilThereIsRoom(server)).isNotEmpty();
      try (RawClient second = new RawClient(server.port(), "/talk")) {
        second.leave();
      }
    }
  }

  @Test
  void soManyNegotiationsMayWait() {
    try (HubServer server = server(ServerLimits.builder().maxPendingNegotiations(1))) {
      assertThat(exchange(server, post("/talk/negotiate", ""))).startsWith("HTTP/1.1 200");
      assertThat(exchange(server, post("/talk/negotiate", "")))
          .startsWith("HTTP/1.1 503")
          .contains("Too many negotiated connections wait for a transport.");
      assertThat(server.refusals()).containsEntry(Limit.PENDING_NEGOTIATIONS, 1L);
    }
  }

  @Test
  void urlsAndHeadersHaveALength() {
    try (HubServer server = server(ServerLimits.builder().maxUrlBytes(100).maxHeaderBytes(1_000))) {
      assertThat(exchange(server, post("/talk/negotiate?" + "x".repeat(84), "")))
          .startsWith("HTTP/1.1 200");
      assertThat(exchange(server, post("/talk/negotiate?" + "x".repeat(85), "")))
          .startsWith("HTTP/1.1 414")
          .endsWith("The URL is longer than this server reads.");
      assertThat(exchange(server, post("/talk/negotiate", "X: " + "x".repeat(1_000) + "\r\n")))
          .startsWith("HTTP/1.1 431")
          .endsWith("The headers are longer than this server reads.");
      assertThat(exchange(server, post("/talk/negotiate", "X: " + "x".repeat(200_000) + "\r\n")))
          .as("cut, after a word or none")
          .matches("(?s)(HTTP/1.1 400 .*)?");
      assertThat(server.refusals())
          .containsEntry(Limit.URL_BYTES, 1L)
          .containsEntry(Limit.HEADER_BYTES, 1L);
    }
  }

  @Test
  void bodiesHaveALength() {
    try (HubServer server = server(ServerLimits.builder().maxBodyBytes(100))) {
      String target = poll(server);
      assertThat(exchange(server, post(target, "Content-Length: 101\r\n") + "x".repeat(101)))
          .startsWith("HTTP/1.1 400")
          .endsWith("The body is longer than this server takes.");
      assertThat(exchange(server, post(target, "Content-Length: 1000000000000\r\n")))
          .as("refused by its header")
          .startsWith("HTTP/1.1 400");
      assertThat(
              exchange(
                  server,
                  post(target, "Transfer-Encoding: chunked\r\n")
                      + ("32\r\n" + "x".repeat(50) + "\r\n").repeat(3)
                      + "0\r\n\r\n"))
          .as("found out by counting")
          .startsWith("HTTP/1.1 400");
      assertThat(server.refusals()).containsEntry(Limit.BODY_BYTES, 3L);
    }
  }

  @Test
  void aBodyThatDoesNotComeIsNotWaitedForWithoutEnd() {
    try (HubServer server = server(ServerLimits.builder().bodyGrace(SHORT))) {
      assertThat(exchange(server, post(poll(server), "Content-Length: 10\r\n") + "x"))
          .startsWith("HTTP/1.1 408")
          .endsWith("The body came too slowly.");
      assertThat(server.refusals()).containsEntry(Limit.BODY_PACE, 1L);
    }
  }

  @Test
  void aBodyThatWasRefusedForAnotherReasonIsNotWaitedForAnyMore() throws IOException {
    try (HubServer server = server(ServerLimits.builder().bodyGrace(SHORT));
        Socket socket = connect(server)) {
      String target = poll(server);
      write(socket, post(target, "Content-Length: 10\r\n") + "x");
      assertThat(exchange(server, "DELETE " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 202");
      write(socket, "x".repeat(9));
      assertThat(read(socket.getInputStream())).startsWith("HTTP/1.1 404");

      assertThat(exchange(server, post(poll(server), "Content-Length: 10\r\n") + "x"))
          .as("the grace has passed")
          .startsWith("HTTP/1.1 408");
      write(socket, post("/talk/negotiate", ""));
      assertThat(read(socket.getInputStream())).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aHeadThatDoesNotComeToItsEndIsCutOff() {
    try (HubServer server = server(ServerLimits.builder().headTimeout(SHORT))) {
      assertThat(exchange(server, "POST /talk/negotiate HTTP/1.1\r\nHost: ")).isEmpty();
    }
  }

  @Test
  void aHeadThatDripsIsCutOffAllTheSame() throws IOException {
    try (HubServer server = server(ServerLimits.builder().headTimeout(SHORT));
        Socket socket = connect(server)) {
      write(socket, "GET /talk HTTP/1.1\r\nX: ");
      socket.setSoTimeout(20);
      assertThat(dripUntilCut(socket)).isTrue();
    }
  }

  @Test
  void aSocketThatSaysNothingIsCutOff() {
    try (HubServer server = server(ServerLimits.builder().idleTimeout(SHORT))) {
      assertThat(exchange(server, "")).isEmpty();
    }
  }

  @Test
  void aRequestThatWasAnsweredAndDoesNotEndIsCutOff() {
    try (HubServer server = server(ServerLimits.builder().idleTimeout(SHORT))) {
      String unending = post("/talk/negotiate", "Content-Length: 1000\r\n") + "x";
      assertThat(exchange(server, unending)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aWebSocketIsNotIdle() throws IOException {
    try (HubServer server = server(ServerLimits.builder().idleTimeout(SHORT).headTimeout(SHORT));
        RawClient client = new RawClient(server.port(), "/talk")) {
      assertThat(exchange(server, "")).as("the time-out has passed").isEmpty();
      client.send("{\"type\":1,\"invocationId\":\"0\",\"target\":\"echo\",\"arguments\":[1]}");
      assertThat(client.receive()).contains("\"result\":1");
      client.leave();
    }
  }

  @Test
  void limitsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerLimits.builder().maxUrlBytes(0))
        .withMessage("maxUrlBytes: 0 (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerLimits.builder().headTimeout(Duration.ZERO))
        .withMessageStartingWith("headTimeout: PT0S (expected: > 0 and at most ");
  }

  private static HubServer server(ServerLimits.Builder limits) {
    Authenticator byQuery =
        request -> {
          String name = request.queryParameter("user");
          return name == null
              ? Authenticator.Result.anonymous()
              : Authenticator.Result.of(new User(name, Set.of(), Map.of(), null));
        };
    return HubServer.builder()
        .hub("/talk", EchoHub::new, hub -> hub.authenticator(byQuery))
        .limits(limits.build())
        .listen("127.0.0.1", 0)
        .start();
  }

  private static String post(String target, String head) {
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + head + "\r\n";
  }

  /** The target of a new long-polling connection. */
  private static String poll(HubServer server) {
    Matcher token = TOKEN.matcher(exchange(server, post("/talk/negotiate?negotiateVersion=1", "")));
    assertThat(token.find()).isTrue();
    String target = "/talk?id=" + token.group(1);
    assertThat(exchange(server, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
    return target;
  }

  /** Each try is a request and its answer, so this waits for the server and not for time. */
  private static String negotiateUntilThereIsRoom(HubServer server) {
    while (true) {
      String answer = exchange(server, post("/talk/negotiate", ""));
      if (answer.startsWith("HTTP/1.1 200")) {
        return answer;
      }
    }
  }

  private static Socket connect(HubServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void write(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /** What the server says to these bytes until it is silent, or until it closes. */
  private static String exchange(HubServer server, String bytes) {
    try (Socket socket = connect(server)) {
      try {
        write(socket, bytes);
      } catch (SocketException cut) {
        // It has heard enough; what it said before is still there.
      }
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One answer with a {@code Content-Length}; or nothing, if the connection is cut. */
  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      while (!isWhole(bytes.toString(UTF_8))) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        bytes.write(next);
      }
    } catch (SocketException reset) {
      // A cut with bytes unread.
    }
    return bytes.toString(UTF_8);
  }

  private static boolean isWhole(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(answer);
    return end >= 0
        && length.find()
        && answer.length() - end - 4 >= Integer.parseInt(length.group(1));
  }

  /** Sends a byte whenever nothing came for a while. */
  private static boolean dripUntilCut(Socket socket) {
    try {
      while (true) {
        try {
          if (socket.getInputStream().read() < 0) {
            return true;
          }
        } catch (SocketTimeoutException stillOpen) {
          socket.getOutputStream().write('x');
        }
      }
    } catch (IOException cut) {
      return true;
    }
  }

  /** Returns what it gets. */
  public static class EchoHub extends Hub<ClientProxy> {
    public int echo(int number) {
      return number;
    }
  }
}
