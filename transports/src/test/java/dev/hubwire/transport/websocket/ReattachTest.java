package dev.hubwire.transport.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import dev.hubwire.transport.buffer.BufferPool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that go on over another socket ({@code connections.md} §3.7). */
class ReattachTest {
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");
  private static final Duration WINDOW = Duration.ofSeconds(15);
  private static final Authenticator BY_HEADER =
      request -> {
        String name = request.header("X-User");
        return name == null
            ? Authenticator.Result.anonymous()
            : Authenticator.Result.of(new User(name, Set.of(), Map.of(), null));
      };

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<TransportConnection> opened = new LinkedBlockingQueue<>();
  private final BufferPool pool = new BufferPool();

  /** Whether connections may be re-attached. Set before they are opened, read by loops. */
  private volatile boolean allowed = true;

  /** Whether connections pause whenever they received something. As {@link #allowed}. */
  private volatile boolean hesitant;

  private SocketServer server = start(TransportOptions.builder());

  @AfterEach
  void nothingIsLeft() {
    server.awaitNoConnections();
    server.close();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void goesOnOverANewSocketWhenTheOldOneIsLost() throws Exception {
    String token = negotiate();
    RawSocket first = attach(token, "");
    TransportConnection connection = opened.take();
    first.write(ClientFrame.text("a"));
    assertThat(events.take()).isEqualTo("received a");
    first.reset();
    assertThat(events.take()).isEqualTo("detached");
    try (RawSocket second = attach(token, "")) {
      assertThat(events.take()).isEqualTo("reattached");
      second.write(ClientFrame.text("b"));
      assertThat(events.take()).isEqualTo("received b");
      connection.send(payload("c"));
      assertThat(second.read().text()).isEqualTo("c");
      leave(second);
    }
    assertThat(events.take()).isEqualTo("closed CLIENT_CLOSED");
  }

  @Test
  void aNewSocketTakesOverFromOneThatLooksAlive() throws Exception {
    String token = negotiate();
    try (RawSocket first = attach(token, "");
        RawSocket second = attach(token, "")) {
      TransportConnection connection = opened.take();
      assertThat(events.take()).isEqualTo("detached");
      assertThat(events.take()).isEqualTo("reattached");
      assertThat(first.read().closeCode()).isEqualTo(CloseCodes.NORMAL);
      first.write(ClientFrame.text("too late"));
      first.write(ClientFrame.close(CloseCodes.NORMAL, ""));
      assertThat(first.isAtEnd()).isTrue();
      second.write(ClientFrame.text("b"));
      assertThat(events.take()).isEqualTo("received b");
      connection.send(payload("c"));
      assertThat(second.read().text()).isEqualTo("c");
      leave(second);
    }
    assertThat(events.take()).isEqualTo("closed CLIENT_CLOSED");
  }

  @Test
  void endsWhenNobodyComesBackInTime() throws Exception {
    String token = negotiate();
    attach(token, "").reset();
    assertThat(events.take()).isEqualTo("detached");
    server.advance(WINDOW);
    assertThat(events).isEmpty();
    server.advance(Duration.ofSeconds(1));
    assertThat(events.take()).isEqualTo("closed DISCONNECT_TIMEOUT");
    assertThat(refused(token, "")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void theTimeToComeBackStartsAnewWithEachLoss() throws Exception {
    String token = negotiate();
    attach(token, "").reset();
    assertThat(events.take()).isEqualTo("detached");
    server.advance(WINDOW);
    RawSocket second = attach(token, "");
    assertThat(events.take()).isEqualTo("reattached");
    second.reset();
    assertThat(events.take()).isEqualTo("detached");
    server.advance(WINDOW);
    assertThat(events).isEmpty();
    opened.take().close(CloseReason.SERVER_CLOSED);
    assertThat(events.take()).isEqualTo("closing SERVER_CLOSED");
    assertThat(events.take()).isEqualTo("closed SERVER_CLOSED");
  }

  @Test
  void aCloseFrameIsTheEnd() throws Exception {
    String token = negotiate();
    try (RawSocket only = attach(token, "")) {
      leave(only);
      assertThat(events.take()).isEqualTo("closed CLIENT_CLOSED");
    }
    server.awaitNoConnections();
    assertThat(refused(token, "")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void aBrokenFrameIsTheEnd() throws Exception {
    try (RawSocket only = attach(negotiate(), "")) {
      only.write(ClientFrame.text("x").withReservedBits(1));
      assertThat(only.read().closeCode()).isEqualTo(CloseCodes.PROTOCOL_ERROR);
      assertThat(events.take()).isEqualTo("closed TRANSPORT_ERROR");
    }
  }

  @Test
  void whereItIsNotAllowedTheFirstSocketStays() throws Exception {
    allowed = false;
    String token = negotiate();
    RawSocket first = attach(token, "");
    TransportConnection connection = opened.take();
    assertThat(refused(token, "")).startsWith("HTTP/1.1 409 ");
    connection.send(payload("still here"));
    assertThat(first.read().text()).isEqualTo("still here");
    first.reset();
    assertThat(events.take()).isEqualTo("closed CLIENT_GONE");
  }

  @Test
  void anotherUserCannotCarryItOn() throws Exception {
    restart(TransportOptions.builder().authenticator(BY_HEADER));
    String token = negotiate();
    attach(token, "X-User: ada\r\n").reset();
    assertThat(events.take()).isEqualTo("detached");
    assertThat(refused(token, "X-User: bob\r\n")).startsWith("HTTP/1.1 403 ");
    assertThat(refused(token, "")).startsWith("HTTP/1.1 403 ");
    try (RawSocket again = attach(token, "X-User: ada\r\nX-Try: 2\r\n")) {
      assertThat(events.take()).isEqualTo("reattached");
      assertThat(opened.take().request().header("X-Try")).isEqualTo("2");
      leave(again);
    }
    assertThat(events.take()).isEqualTo("closed CLIENT_CLOSED");
  }

  @Test
  void anAuthenticationExpiresWithAndWithoutASocket() throws Exception {
    User expired = new User("ada", Set.of(), Map.of(), Instant.EPOCH);
    restart(
        TransportOptions.builder()
            .authenticator(request -> Authenticator.Result.of(expired))
            .closeOnAuthenticationExpiry(true));
    try (RawSocket client = attach(negotiate(), "")) {
      opened.take();
      server.advance(Duration.ofSeconds(1));
      assertThat(events.take()).isEqualTo("closing AUTHENTICATION_EXPIRED");
      assertThat(events.take()).isEqualTo("closed AUTHENTICATION_EXPIRED");
      leave(client);
    }
    attach(negotiate(), "").reset();
    assertThat(events.take()).isEqualTo("detached");
    server.advance(Duration.ofSeconds(1));
    assertThat(events.take()).isEqualTo("closing AUTHENTICATION_EXPIRED");
    assertThat(events.take()).isEqualTo("closed AUTHENTICATION_EXPIRED");
  }

  @Test
  void whatIsSentWithoutASocketIsLost() throws Exception {
    String token = negotiate();
    attach(token, "").reset();
    TransportConnection connection = opened.take();
    assertThat(events.take()).isEqualTo("detached");
    assertThat(connection.send(payload("lost"))).isEqualTo(SendResult.ACCEPTED);
    assertThat(connection.isWritable()).isTrue();
    connection.awaitWritable();
    connection.abort(CloseReason.ABORTED);
    assertThat(events.take()).isEqualTo("closed ABORTED");
    assertThat(connection.send(payload("too late"))).isEqualTo(SendResult.CLOSED);
  }

  @Test
  void aPauseOutlivesTheSocket() throws Exception {
    String token = negotiate();
    RawSocket first = attach(token, "");
    TransportConnection connection = opened.take();
    connection.lane().execute(connection::pauseReads);
    first.reset();
    try (RawSocket second = attach(token, "")) {
      assertThat(events.take()).isEqualTo("detached");
      assertThat(events.take()).isEqualTo("reattached");
      second.write(ClientFrame.text("later"));
      connection.lane().execute(() -> events.add("resumed"));
      connection.lane().execute(connection::resumeReads);
      assertThat(events.take()).isEqualTo("resumed");
      assertThat(events.take()).isEqualTo("received later");
      leave(second);
    }
    assertThat(events.take()).isEqualTo("closed CLIENT_CLOSED");
  }

  /** A client may ask for the next socket before a busy server has come to the last one. */
  @Test
  void theSocketThatWasAskedForLastCounts() throws Exception {
    restart(TransportOptions.builder(), 4);
    String token = negotiate();
    RawSocket newest = attach(token, "");
    TransportConnection connection = opened.take();
    for (int i = 0; i < 200; i++) {
      RawSocket older = newest;
      newest = attach(token, "");
      assertThat(older.read().closeCode()).isEqualTo(CloseCodes.NORMAL);
      older.close();
    }
    connection.lane().execute(() -> connection.send(payload("to the newest")));
    assertThat(newest.read().text()).isEqualTo("to the newest");
    leave(newest);
    newest.close();
  }

  /** With several IO threads, most sockets do not live where the connection does. */
  @Test
  void keepsTheOrderWhereverItsSocketsLive() throws Exception {
    hesitant = true;
    restart(TransportOptions.builder(), 4);
    String token = negotiate();
    RawSocket socket = attach(token, "");
    TransportConnection connection = opened.take();
    for (int round = 0; round < 12; round++) {
      connection.lane().execute(connection::pauseReads);
      for (int i = 0; i < 50; i++) {
        socket.write(ClientFrame.text(round + "-" + i));
        connection.send(payload("down " + i));
      }
      connection.lane().execute(connection::resumeReads);
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        assertThat(socket.read().text()).isEqualTo("down " + i);
        expected.append(round).append('-').append(i);
      }
      assertThat(receivedText(expected.length())).isEqualTo(expected.toString());
      RawSocket next = attach(token, "");
      assertThat(events.take()).isEqualTo("detached");
      assertThat(events.take()).isEqualTo("reattached");
      socket.close();
      socket = next;
    }
    leave(socket);
    socket.close();
    assertThat(events.take()).isEqualTo("closed CLIENT_CLOSED");
  }

  private String receivedText(int length) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(events.take().substring("received ".length()));
    }
    return text.toString();
  }

  private SocketServer start(TransportOptions.Builder options) {
    return start(options, 1);
  }

  private SocketServer start(TransportOptions.Builder options, int ioThreads) {
    return new SocketServer(
        this::onConnected, options.allowStatefulReconnects(true).build(), ioThreads);
  }

  private void restart(TransportOptions.Builder options) {
    restart(options, 1);
  }

  private void restart(TransportOptions.Builder options, int ioThreads) {
    server.close();
    server = start(options, ioThreads);
  }

  private TransportListener onConnected(TransportConnection connection) {
    if (allowed) {
      assertThat(connection.allowReattach()).isTrue();
    }
    opened.add(connection);
    return new Recorder(connection);
  }

  private String negotiate() throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d%s/negotiate?negotiateVersion=1&useStatefulReconnect=true"
                .formatted(server.port(), SocketServer.PATH));
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      assertThat(answer).startsWith("{\"useStatefulReconnect\":true,");
      Matcher token = TOKEN.matcher(answer);
      assertThat(token.find()).isTrue();
      return token.group(1);
    }
  }

  private RawSocket attach(String token, String headers) {
    RawSocket socket = request(token, headers);
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }

  private String refused(String token, String headers) {
    try (RawSocket socket = request(token, headers)) {
      return socket.readHead();
    }
  }

  private RawSocket request(String token, String headers) {
    RawSocket socket = new RawSocket(server.port(), 0);
    socket.write(
        new String(RawSocket.handshake(headers), ISO_8859_1)
            .replace(SocketServer.PATH + " ", SocketServer.PATH + "?id=" + token + " ")
            .getBytes(ISO_8859_1));
    return socket;
  }

  private static void leave(RawSocket socket) {
    socket.write(ClientFrame.close(CloseCodes.NORMAL, ""));
    assertThat(socket.read().opcode()).isEqualTo(Opcodes.CLOSE);
  }

  private SharedPayload payload(String text) {
    PayloadWriter writer = new PayloadWriter(16);
    writer.write(text.getBytes(UTF_8));
    return SharedPayload.pooled(writer, TransferFormat.TEXT, pool);
  }

  /** Tells the test what it hears. */
  private final class Recorder implements TransportListener {
    private final TransportConnection connection;

    Recorder(TransportConnection connection) {
      this.connection = connection;
    }

    @Override
    public void onReceived(ByteBuffer bytes) {
      events.add("received " + UTF_8.decode(bytes));
      if (hesitant) {
        connection.pauseReads();
        connection.lane().execute(connection::resumeReads);
      }
    }

    @Override
    public void onDetached() {
      events.add("detached");
    }

    @Override
    public void onReattached() {
      events.add("reattached");
    }

    @Override
    public void onClosing(CloseReason reason) {
      events.add("closing " + reason);
    }

    @Override
    public void onClosed(CloseReason reason, @Nullable Throwable cause) {
      events.add("closed " + reason);
    }
  }
}
