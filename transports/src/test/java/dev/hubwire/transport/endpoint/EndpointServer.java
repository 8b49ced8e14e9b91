package dev.hubwire.transport.endpoint;

import static java.util.Objects.requireNonNull;

import dev.hubwire.negotiation.NegotiateCodec;
import dev.hubwire.negotiation.NegotiateResponse;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionIdentity;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.FakeTicker;
import dev.hubwire.transport.RecordingConnection;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.session.ConnectionTable;
import dev.hubwire.transport.session.Session;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints on a started server, with transports that only say what they were asked to do: they
 * answer 200 with {@code WEB_SOCKETS first} or the like.
 */
final class EndpointServer implements AutoCloseable {
  static final String CHAT = "/chat";
  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  static final String ELSEWHERE = "/Elsewhere/";

  final FakeTicker ticker = new FakeTicker();
  final ConnectionTable table;
  final BlockingQueue<Attachment> attachments = new LinkedBlockingQueue<>();
  final List<RecordingConnection> connections = new CopyOnWriteArrayList<>();
  final RawHttp http;

  private final @Nullable NodeName node;
  private final Undertow undertow;

  EndpointServer(TransportOptions options) {
    this(options, Transport.all(), null);
  }

  /**
   * @param carried the transports there is a starter for
   */
  EndpointServer(TransportOptions options, Set<Transport> carried, @Nullable NodeName node) {
    this.node = node;
    this.table =
        new ConnectionTable(
            new RandomIdentityGenerator(new SecureRandom(), node),
            new ConnectionTable.Limits(50, Duration.ofSeconds(15)),
            ticker,
            Runnable::run);
    EndpointServices services = services(carried);
    ConnectionHandler handler =
        connection -> {
          throw new AssertionError("no transport here opens a connection");
        };
    HttpHandler notFound = new ResponseCodeHandler(404);
    HttpHandler elsewhere = new Endpoint(ELSEWHERE, options, handler, services, notFound);
    this.undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(new Endpoint(CHAT, options, handler, services, elsewhere))
            .build();
    undertow.start();
    InetSocketAddress address =
        (InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress();
    this.http = new RawHttp(address.getPort());
  }

  private EndpointServices services(Set<Transport> carried) {
    Map<Transport, TransportStarter> starters = new EnumMap<>(Transport.class);
    carried.forEach(transport -> starters.put(transport, this::start));
    UploadReceiver uploads =
        (exchange, session) -> say(exchange, "POST for " + session.transport());
    return new EndpointServices(
        table,
        starters,
        uploads,
        EndpointServer::isWebSocket,
        new EndpointServices.Surroundings(node, () -> NOW));
  }

  private static boolean isWebSocket(HttpServerExchange exchange) {
    return "websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"));
  }

  private void start(HttpServerExchange exchange, Attachment attachment) {
    Session session = attachment.session();
    attachments.add(attachment);
    if (attachment.request().queryParameter("fail") != null) {
      throw new IllegalStateException("asked to fail");
    }
    Transport transport = requireNonNull(session.transport());
    if (attachment.first()) {
      var connection = new RecordingConnection(session.id(), transport);
      connections.add(connection);
      session.opened(connection);
    }
    say(exchange, transport + (attachment.first() ? " first" : " again"));
  }

  private static void say(HttpServerExchange exchange, String text) {
    exchange.getResponseSender().send(text, StandardCharsets.UTF_8);
  }

  /** Negotiates at {@link #CHAT} and returns the connection's names. */
  ConnectionIdentity negotiate(String query) {
    String json = http.send("POST", CHAT + "/negotiate?" + query, "").body();
    NegotiateResponse response = NegotiateCodec.read(json.getBytes(StandardCharsets.UTF_8));
    return ((NegotiateResponse.Accepted) response).identity();
  }

  /** The target of a new version 1 connection. */
  String connection() {
    return target(negotiate("negotiateVersion=1").token());
  }

  static String target(ConnectionToken token) {
    return CHAT + "?id=" + token.value();
  }

  /** A new connection, bound to a transport. */
  String connection(Transport transport) {
    String target = connection();
    open(transport, target);
    return target;
  }

  RawHttp.Answered open(Transport transport, String target) {
    return http.send(
        "GET",
        target,
        switch (transport) {
          case WEB_SOCKETS -> RawHttp.UPGRADE;
          case SERVER_SENT_EVENTS -> RawHttp.EVENTS;
          case LONG_POLLING -> "";
        });
  }

  @Override
  public void close() {
    undertow.stop();
  }
}
