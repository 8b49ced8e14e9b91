package dev.hubwire.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.microsoft.signalr.HttpHubConnectionBuilder;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.HubConnectionState;
import com.microsoft.signalr.TypeReference;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where one case of the Java client plays: a server, a way to it, and the connections so far. */
final class JavaStage implements AutoCloseable {
  static final String CONFORMANCE = "/conformance";

  /** How long anything that must happen may take. */
  private static final int PATIENCE_SECONDS = 10;

  private final URI server;
  private final JavaWay way;
  private final ConcurrentLinkedQueue<HubConnection> opened = new ConcurrentLinkedQueue<>();

  JavaStage(URI server, JavaWay way) {
    this.server = server;
    this.way = way;
  }

  /** A connection that is not started. */
  HubConnection build(String path, Consumer<HttpHubConnectionBuilder> configure) {
    return build(server, path, configure);
  }

  /**
   * @param through where to reach the server
   */
  HubConnection build(URI through, String path, Consumer<HttpHubConnectionBuilder> configure) {
    HttpHubConnectionBuilder builder =
        HubConnectionBuilder.create(through + path)
            .withTransport(way.transport())
            .shouldSkipNegotiate(!way.negotiates());
    configure.accept(builder);
    HubConnection connection = builder.build();
    opened.add(connection);
    return connection;
  }

  HubConnection open() {
    return open(CONFORMANCE, builder -> {});
  }

  HubConnection open(String path, Consumer<HttpHubConnectionBuilder> configure) {
    HubConnection connection = build(path, configure);
    soon(connection.start());
    return connection;
  }

  List<HubConnection> several(int count) {
    return Stream.generate(this::open).limit(count).toList();
  }

  /** Authenticates a connection as a user, with a role or {@code ""} for none. */
  Consumer<HttpHubConnectionBuilder> as(String user, String role)
      throws IOException, InterruptedException {
    String query =
        "user=" + URLEncoder.encode(user, UTF_8) + (role.isEmpty() ? "" : "&role=" + role);
    String token = request(HttpRequest.newBuilder(server.resolve("/token?" + query))).body();
    return builder -> builder.withAccessTokenProvider(Single.just(token));
  }

  /** Sends a text to all clients from outside any hub. */
  int publish(String text) throws IOException, InterruptedException {
    URI publish = server.resolve("/publish?text=" + URLEncoder.encode(text, UTF_8));
    return request(HttpRequest.newBuilder(publish).POST(BodyPublishers.noBody())).statusCode();
  }

  @Override
  public void close() {
    opened.forEach(connection -> soon(stopped(connection)));
  }

  /** A connection that has ended already fails to stop, with why it ended. */
  private static Completable stopped(HubConnection connection) {
    boolean isOver = connection.getConnectionState() == HubConnectionState.DISCONNECTED;
    return isOver ? connection.stop().onErrorComplete() : connection.stop();
  }

  /** The server's answer, in time. */
  static <T> T call(HubConnection connection, Class<T> type, String method, Object... arguments) {
    return requireNonNull(
        connection
            .invoke(type, method, arguments)
            .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .blockingGet());
  }

  /** Waits for the end of a call without a result. */
  static void call(HubConnection connection, String method, Object... arguments) {
    soon(connection.invoke(method, arguments));
  }

  static void soon(Completable action) {
    action.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).blockingAwait();
  }

  /** The items of a stream, when it has ended. */
  static <T> List<T> collected(Observable<T> stream) {
    return requireNonNull(
        stream.toList().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).blockingGet());
  }

  /** What the server knows of the connection; without what is null. */
  static Map<String, String> identity(HubConnection connection) {
    var type = new TypeReference<Map<String, String>>() {}.getType();
    return requireNonNull(
        connection
            .<Map<String, String>>invoke(type, "WhoAmI")
            .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .blockingGet());
  }

  /** The connection's id; the client does not know it without negotiation. */
  static String idOf(HubConnection connection) {
    return requireNonNull(identity(connection).get("connectionId"));
  }

  private static HttpResponse<String> request(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
