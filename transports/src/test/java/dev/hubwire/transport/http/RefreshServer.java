package dev.hubwire.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.AllowedOrigins;
import dev.hubwire.transport.AuthenticationRefresh;
import dev.hubwire.transport.AuthenticationRefreshPolicy;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server whose clients say in a header who they are, and until when, and that may do so again.
 */
final class RefreshServer implements AutoCloseable {
  static final String ORIGIN = "https://page.test";

  final HttpTransportServer http;

  /** What the policy was asked, in order. */
  final List<AuthenticationRefresh> asked = new CopyOnWriteArrayList<>();

  private final List<HttpClientSocket> sockets = new ArrayList<>();

  /** The one that {@link #polling} opened last. Test thread only. */
  private @Nullable TransportConnection connection;

  /** Set by the test before a request, used by the server's threads after it. */
  private volatile AuthenticationRefreshPolicy policy = AuthenticationRefreshPolicy.ACCEPT;

  RefreshServer() {
    this(options -> options);
  }

  RefreshServer(UnaryOperator<TransportOptions.Builder> change) {
    http =
        new HttpTransportServer(
            change
                .apply(
                    TransportOptions.builder()
                        .authenticator(RefreshServer::authenticate)
                        .allowedOrigins(AllowedOrigins.of(ORIGIN))
                        .closeOnAuthenticationExpiry(true)
                        .enableAuthenticationRefresh(true)
                        .onAuthenticationRefresh(
                            refresh -> {
                              asked.add(refresh);
                              return policy.accepts(refresh);
                            }))
                .build());
  }

  void policy(AuthenticationRefreshPolicy value) {
    policy = value;
  }

  private static Authenticator.Result authenticate(ConnectionRequest request) {
    String header = request.header("X-User");
    if (header == null) {
      return Authenticator.Result.anonymous();
    }
    String[] parts = header.split(";", -1);
    return Authenticator.Result.of(
        new User(
            parts[0],
            Set.of(parts[1]),
            Map.of(),
            parts[2].isEmpty()
                ? null
                : HttpTransportServer.START.plus(Duration.parse("PT" + parts[2]))));
  }

  /**
   * The header of a user.
   *
   * @param lasts until when, from the beginning of the test, as in {@code 30M}; empty for ever
   */
  static String user(String id, String role, String lasts) {
    return "X-User: " + id + ";" + role + ";" + lasts + "\r\n";
  }

  HttpClientSocket socket() {
    HttpClientSocket socket = new HttpClientSocket(http.port());
    sockets.add(socket);
    return socket;
  }

  /** Sends one request over a socket of its own. */
  String send(String method, String target, String head) {
    return socket().send(method, target, head, "").answer();
  }

  String refresh(String target, String head) {
    return send("POST", target.replace("/c?", "/c/refresh?"), head);
  }

  /** Opens a transport for a user, and returns its socket. */
  HttpClientSocket open(Transport transport, String target, String head) {
    String more =
        switch (transport) {
          case WEB_SOCKETS ->
              String.join(
                  "\r\n",
                  "Connection: Upgrade",
                  "Upgrade: websocket",
                  "Sec-WebSocket-Version: 13",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                  "");
          case SERVER_SENT_EVENTS -> "Accept: text/event-stream\r\n";
          case LONG_POLLING -> "";
        };
    HttpClientSocket socket = socket().send("GET", target, head + more, "");
    socket.readUntil("\r\n\r\n");
    return socket;
  }

  /** A long-polling connection of a user: its target. */
  String polling(String head) throws InterruptedException {
    String target = http.negotiate();
    open(Transport.LONG_POLLING, target, head);
    connection = http.connection();
    return target;
  }

  /** A poll for the connection of {@link #polling} that is answered with something sent. */
  void poll(String target, String head) {
    poll(socket().send("GET", target, head, ""));
  }

  void poll(HttpClientSocket poll) {
    Objects.requireNonNull(connection).send(http.payload("news"));
    assertThat(poll.answer()).isEqualTo("200 application/octet-stream|news");
  }

  /** Whom the connection of {@link #polling} belongs to: id and roles. */
  String owner() {
    User user = connection == null ? null : connection.user();
    return user == null ? "nobody" : user.id() + user.roles();
  }

  /** Fails unless everything is gone. */
  @Override
  public void close() {
    sockets.forEach(HttpClientSocket::close);
    http.awaitNoConnections();
    http.close();
  }
}
