package dev.hubwire.transport.endpoint;

import static java.util.Objects.requireNonNull;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.session.Session;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint over HTTP: {@code {path}/negotiate}, {@code {path}/refresh} where that is enabled,
 * and {@code {path}} for everything else. It decides which request does what, in the order of
 * {@code docs/protocol/connections.md} §1.2, and leaves the carrying of bytes to the transports.
 * Runs on IO threads and never blocks. Stateless: what there is to remember is in the connection
 * table.
 */
public final class Endpoint implements HttpHandler {
  private final String path;
  private final String negotiatePath;
  private final String refreshPath;
  private final TransportOptions options;
  private final ConnectionHandler handler;
  private final EndpointServices services;
  private final HttpHandler next;
  private final Set<Transport> offered;
  private final Origins origins;
  private final Gate gate;
  private final Negotiator negotiator;
  private final Refresher refresher;

  /**
   * @param path where it is mapped, starting with a slash, decoded. Letter case and a slash at the
   *     end make no difference. Connection tokens are good at this path only, so no two endpoints
   *     that share a table may have the same one
   * @param handler what runs on the connections
   * @param next takes the requests for other paths
   */
  public Endpoint(
      String path,
      TransportOptions options,
      ConnectionHandler handler,
      EndpointServices services,
      HttpHandler next) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: '" + path + "' (expected: a slash in front)");
    }
    this.path = withoutSlash(path);
    this.negotiatePath = this.path + "/negotiate";
    this.refreshPath = this.path + "/refresh";
    this.options = options;
    this.handler = handler;
    this.services = services;
    this.next = next;
    EnumSet<Transport> both = EnumSet.noneOf(Transport.class);
    both.addAll(options.transports());
    both.retainAll(services.starters().keySet());
    this.offered = Collections.unmodifiableSet(both);
    this.origins = new Origins(this.path, options.allowedOrigins());
    this.gate = new Gate(this.path, options);
    this.negotiator =
        new Negotiator(this.path, options, offered, services.table(), services.timeOfDay());
    this.refresher = new Refresher(this.path, options.authenticationRefresh(), services);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    String requested = withoutSlash(exchange.getRelativePath());
    boolean negotiates = requested.equalsIgnoreCase(negotiatePath);
    boolean refreshes = refresher.isEnabled() && requested.equalsIgnoreCase(refreshPath);
    if (!negotiates && !refreshes && !requested.equalsIgnoreCase(path)) {
      next.handleRequest(exchange);
      return;
    }
    if (!exchange.isInIoThread()) {
      // Handlers in front may have gone to a thread that may block; connections live on this one.
      exchange.dispatch(exchange.getIoThread(), this);
      return;
    }
    QueryString query = QueryString.parse(exchange.getQueryString());
    if (!negotiates && isForwarded(exchange, query)) {
      return;
    }
    if (!origins.admit(exchange)) {
      return;
    }
    ConnectionRequest unknown = Requests.read(exchange, query);
    ConnectionRequest request = gate.admit(exchange, unknown);
    if (request == null) {
      if (services.isWebSocket().test(exchange)) {
        services.table().history().sawRefusedHandshake(unknown);
      }
      return;
    }
    String verb = exchange.getRequestMethod().toString();
    if ((negotiates || refreshes) && !verb.equals("POST")) {
      Answer.METHOD_NOT_ALLOWED.send(exchange);
    } else if (negotiates) {
      negotiator.negotiate(request, query).send(exchange);
    } else if (refreshes) {
      refresh(exchange, request, query);
    } else {
      carry(exchange, verb, request, query);
    }
  }

  /** Whether the node that issued the connection answers; it is the one that judges, too. */
  private boolean isForwarded(HttpServerExchange exchange, QueryString query) {
    Forwarder forwarder = services.forwarder();
    ConnectionToken token = forwarder == null ? null : connectionToken(query);
    if (forwarder == null || token == null) {
      return false;
    }
    NodeName issuer = otherIssuer(token);
    return issuer != null && forwarder.forward(exchange, issuer, token);
  }

  /** The other node that issued a token, or null. */
  private @Nullable NodeName otherIssuer(ConnectionToken token) {
    NodeName issuer = NodeName.of(token);
    return issuer == null || issuer.equals(services.node()) ? null : issuer;
  }

  private void refresh(HttpServerExchange exchange, ConnectionRequest request, QueryString query) {
    ConnectionToken token = connectionToken(query);
    if (token != null) {
      noteForeign(token, request);
    }
    refresher.refresh(exchange, request, token);
  }

  private void carry(
      HttpServerExchange exchange, String verb, ConnectionRequest request, QueryString query)
      throws Exception {
    switch (verb) {
      case "GET" -> open(exchange, request, query);
      case "POST" -> receive(exchange, request, query);
      case "DELETE" -> terminate(exchange, request, query);
      default -> Answer.METHOD_NOT_ALLOWED.send(exchange);
    }
  }

  private void open(HttpServerExchange exchange, ConnectionRequest request, QueryString query) {
    Transport transport = transportOf(exchange);
    if (transport == Transport.LONG_POLLING) {
      Answer.forbidCaching(exchange);
      if (Requests.isStrippedHandshake(exchange)) {
        services.table().history().sawStrippedHandshake(request);
      }
    }
    if (transport == Transport.WEB_SOCKETS && connectionToken(query) == null) {
      connect(exchange, request);
      return;
    }
    Session session = sessionOrAnswer(exchange, request, query, transport);
    if (session == null) {
      return;
    }
    if (!session.transports().contains(transport)) {
      EndpointLog.transportNotSupported(session.id(), transport);
      Answer.transportNotSupported(transport).send(exchange);
      return;
    }
    attach(exchange, request, session, transport);
  }

  /** What a GET asks for. The check for events comes first: a WebSocket may ask for them too. */
  private Transport transportOf(HttpServerExchange exchange) {
    if (Requests.acceptsEventStream(exchange)) {
      return Transport.SERVER_SENT_EVENTS;
    }
    return services.isWebSocket().test(exchange) ? Transport.WEB_SOCKETS : Transport.LONG_POLLING;
  }

  /** A WebSocket that skipped negotiation. */
  private void connect(HttpServerExchange exchange, ConnectionRequest request) {
    if (!offered.contains(Transport.WEB_SOCKETS)) {
      Answer.transportNotSupported(Transport.WEB_SOCKETS).send(exchange);
      return;
    }
    Session session = services.table().connect(path);
    if (session == null) {
      Answer.SHUTTING_DOWN.send(exchange);
      return;
    }
    begin(exchange, request, session);
  }

  private void attach(
      HttpServerExchange exchange,
      ConnectionRequest request,
      Session session,
      Transport transport) {
    switch (services.table().attach(session, transport)) {
      case FIRST -> begin(exchange, request, session);
      case AGAIN -> takeOver(exchange, new Attachment(session, false, request, handler, options));
      case OTHER_TRANSPORT -> {
        EndpointLog.cannotChangeTransport(session.id(), transport);
        Answer.CANNOT_CHANGE_TRANSPORTS.send(exchange);
      }
      case OCCUPIED -> {
        EndpointLog.occupied(session.id(), transport);
        Answer.OCCUPIED.send(exchange);
      }
      case GONE -> Answer.GONE.send(exchange);
    }
  }

  private void takeOver(HttpServerExchange exchange, Attachment attachment) {
    if (refresher.isEnabled()) {
      refresher.takeOver(exchange, attachment, () -> start(exchange, attachment));
    } else {
      start(exchange, attachment);
    }
  }

  private void begin(HttpServerExchange exchange, ConnectionRequest request, Session session) {
    Limit reached = services.table().admit(session, request);
    if (reached == null) {
      remember(exchange, request, session);
      start(exchange, new Attachment(session, true, request, handler, options));
    } else {
      if (session.transport() == Transport.WEB_SOCKETS) {
        services.table().history().sawRefusedHandshake(request);
      }
      session.ended();
      Answer.refusedFor(reached).send(exchange);
    }
  }

  /** A handshake that came as a poll is not what its client wants to use. */
  private void remember(HttpServerExchange exchange, ConnectionRequest request, Session session) {
    if (session.transport() != Transport.LONG_POLLING || !Requests.isStrippedHandshake(exchange)) {
      services.table().history().attached(request, session);
    }
  }

  private void start(HttpServerExchange exchange, Attachment attachment) {
    Session session = attachment.session();
    Transport transport = requireNonNull(session.transport());
    try {
      requireNonNull(services.starters().get(transport)).start(exchange, attachment);
    } catch (Exception e) {
      EndpointLog.startFailed(session.id(), transport, e);
      if (attachment.first()) {
        session.ended();
      }
      if (!exchange.isResponseStarted()) {
        exchange.setStatusCode(StatusCodes.INTERNAL_SERVER_ERROR);
      }
      exchange.endExchange();
    }
  }

  private void receive(HttpServerExchange exchange, ConnectionRequest request, QueryString query)
      throws Exception {
    Session session = sessionOrAnswer(exchange, request, query, null);
    if (session == null) {
      return;
    }
    session.posted();
    UploadReceiver uploads = services.uploads();
    if (uploads == null || !takesPosts(session)) {
      Answer.POST_NOT_ALLOWED.send(exchange);
    } else if (session.isOver()) {
      Answer.GONE.send(exchange);
    } else if (!refresher.mayAct(session, request)) {
      refuseUser(exchange, session);
    } else {
      uploads.receive(exchange, session);
    }
  }

  private void terminate(
      HttpServerExchange exchange, ConnectionRequest request, QueryString query) {
    Session session = sessionOrAnswer(exchange, request, query, null);
    if (session == null) {
      return;
    }
    if (session.transport() != Transport.LONG_POLLING) {
      Answer.CANNOT_TERMINATE.send(exchange);
      return;
    }
    if (!refresher.mayAct(session, request)) {
      refuseUser(exchange, session);
      return;
    }
    EndpointLog.terminating(session.id());
    session.connection().thenAccept(connection -> connection.close(CloseReason.CLIENT_CLOSED));
    Answer.TERMINATING.send(exchange);
  }

  private static void refuseUser(HttpServerExchange exchange, Session session) {
    EndpointLog.userChanged(session.id());
    Answer.USER_CHANGED.send(exchange);
  }

  /**
   * The session a request names, or null if it names none and is answered.
   *
   * @param transport what a GET asks for, or null for another verb
   */
  private @Nullable Session sessionOrAnswer(
      HttpServerExchange exchange,
      ConnectionRequest request,
      QueryString query,
      @Nullable Transport transport) {
    ConnectionToken token = connectionToken(query);
    if (token == null) {
      Answer.CONNECTION_ID_REQUIRED.send(exchange);
      return null;
    }
    Session session = services.table().find(token, path);
    if (session == null) {
      Answer answer = noConnection(token, request);
      (transport == Transport.WEB_SOCKETS ? answer.withoutContentType() : answer).send(exchange);
    }
    return session;
  }

  /** A token of another node is worth a word about it: the cause is outside this process. */
  private Answer noConnection(ConnectionToken token, ConnectionRequest request) {
    NodeName issuer = noteForeign(token, request);
    return issuer == null ? Answer.NO_CONNECTION : Answer.issuedElsewhere(issuer, services.node());
  }

  /** As {@link #otherIssuer}; remembers it, and says so in the log. */
  private @Nullable NodeName noteForeign(ConnectionToken token, ConnectionRequest request) {
    NodeName issuer = otherIssuer(token);
    if (issuer == null) {
      return null;
    }
    services.table().history().sawForeignToken(request);
    EndpointLog.issuedElsewhere(path, issuer, services.node());
    return issuer;
  }

  private static @Nullable ConnectionToken connectionToken(QueryString query) {
    String id = query.value("id");
    return id == null || id.isEmpty() ? null : new ConnectionToken(id);
  }

  /** Before there is a transport, it depends on what the client may still choose. */
  private static boolean takesPosts(Session session) {
    Transport bound = session.transport();
    return bound == null
        ? session.transports().stream().anyMatch(Endpoint::takesPosts)
        : takesPosts(bound);
  }

  /** A WebSocket carries both directions by itself. */
  static boolean takesPosts(Transport transport) {
    return transport != Transport.WEB_SOCKETS;
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
