package dev.hubwire.cluster;

import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.endpoint.Forwarder;
import dev.hubwire.transport.session.EnumCounts;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.NetworkUtils;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.XnioWorker;

/**
 * Forwards requests to the nodes that issued their connections, over connections that are kept
 * alive, and recognises those that other nodes forwarded here. A request is forwarded once: the
 * node it comes to answers it, whatever it is. Thread-safe.
 */
public final class NodeForwarder implements Forwarder {
  /** Idle connections to a node that each IO thread keeps, and for how long. */
  private static final int KEPT_PER_THREAD = 16;

  private static final int KEPT_MILLIS = 60_000;

  private static final AttachmentKey<Boolean> FORWARDED_HERE = AttachmentKey.create(Boolean.class);

  private static final Answer UNPROVEN =
      Answer.text(
          StatusCodes.FORBIDDEN,
          "This request says that another node forwarded it, and does not prove it. All nodes need"
              + " the same forwarding secret, and clocks less than a minute apart.");

  private final Forwarding options;
  private final NodeName here;
  private final Stamp stamp;
  private final ConcurrentMap<URI, HttpHandler> proxies = new ConcurrentHashMap<>();

  private final EnumCounts<ForwardingOutcome> counts = new EnumCounts<>(ForwardingOutcome.class);

  /**
   * @param here the name of this node
   */
  public NodeForwarder(Forwarding options, NodeName here, InstantSource clock) {
    this.options = options;
    this.here = here;
    this.stamp = new Stamp(options.secret(), clock);
  }

  /** How often each outcome was, ever; with every outcome in it. */
  public Map<ForwardingOutcome, Long> snapshot() {
    return counts.snapshot();
  }

  /**
   * Recognises what other nodes forwarded here, and gives it its client's address. What claims to
   * be forwarded and cannot prove it is answered 403.
   */
  public HttpHandler receiving(HttpHandler next) {
    return exchange -> {
      String proof = exchange.getRequestHeaders().getFirst(Stamp.HEADER);
      if (proof == null) {
        next.handleRequest(exchange);
      } else if (stamp.isGood(proof, tokenOf(exchange))) {
        exchange.putAttachment(FORWARDED_HERE, true);
        exchange.getRequestHeaders().remove(Stamp.HEADER);
        setClientAddress(exchange);
        next.handleRequest(exchange);
      } else {
        ClusterLog.stampRefused(exchange.getSourceAddress());
        UNPROVEN.send(exchange);
      }
    };
  }

  @Override
  public boolean forward(HttpServerExchange exchange, NodeName issuer, ConnectionToken token) {
    if (exchange.getAttachment(FORWARDED_HERE) != null) {
      counts.count(ForwardingOutcome.FORWARDED_TWICE);
      ClusterLog.forwardedTwice(issuer);
      return false;
    }
    URI address = options.nodes().find(issuer);
    if (address == null) {
      counts.count(ForwardingOutcome.UNKNOWN_NODE);
      ClusterLog.unknownNode(issuer);
      return false;
    }
    ClusterLog.forwarding(issuer, address);
    exchange.getRequestHeaders().put(Stamp.HEADER, stamp.make(here, token.value()));
    exchange.addDefaultResponseListener(unanswered -> explain(unanswered, issuer, address));
    exchange.addResponseWrapper((factory, unused) -> new PromptConduit(factory.create()));
    counts.count(ForwardingOutcome.FORWARDED);
    XnioWorker worker = exchange.getConnection().getWorker();
    HttpHandler proxy = proxies.computeIfAbsent(address, target -> newProxy(target, worker));
    exchange.dispatch(exchange.getIoThread(), proxy);
    return true;
  }

  private boolean explain(HttpServerExchange exchange, NodeName issuer, URI address) {
    if (exchange.getStatusCode() != StatusCodes.SERVICE_UNAVAILABLE) {
      return false;
    }
    counts.count(ForwardingOutcome.UNREACHABLE);
    ClusterLog.unreachable(issuer, address);
    Answer.text(
            StatusCodes.SERVICE_UNAVAILABLE,
            "This connection lives on node '"
                + issuer
                + "', which node '"
                + here
                + "' cannot reach now. Start a new connection.")
        .send(exchange);
    return true;
  }

  private HttpHandler newProxy(URI address, XnioWorker worker) {
    int threads = worker.getIoThreadCount();
    int perThread = Math.ceilDiv(options.maxConnectionsPerNode(), threads);
    LoadBalancingProxyClient client =
        new LoadBalancingProxyClient(
                exchange -> exchange.getRequestHeaders().contains(Headers.UPGRADE))
            .setConnectionsPerThread(perThread)
            .setSoftMaxConnectionsPerThread(Math.min(KEPT_PER_THREAD, perThread))
            .setTtl(KEPT_MILLIS)
            .setMaxQueueSize(0)
            .setProblemServerRetry(1);
    if (address.getScheme().equals("https")) {
      client.addHost(
          address, new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, trusted(options.tls())));
    } else {
      client.addHost(address);
    }
    return ProxyHandler.builder()
        .setProxyClient(client)
        .setNext(new ResponseCodeHandler(StatusCodes.SERVICE_UNAVAILABLE))
        .setMaxConnectionRetries(0)
        .build();
  }

  private static SSLContext trusted(@Nullable SSLContext configured) {
    try {
      return configured == null ? SSLContext.getDefault() : configured;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has a default context", e);
    }
  }

  private static String tokenOf(HttpServerExchange exchange) {
    Deque<String> ids = exchange.getQueryParameters().get("id");
    return ids == null ? "" : ids.getFirst();
  }

  /** The forwarding node writes what it knows of the client, and nothing that the client wrote. */
  private static void setClientAddress(HttpServerExchange exchange) throws IOException {
    String address = exchange.getRequestHeaders().getFirst(Headers.X_FORWARDED_FOR);
    if (address != null) {
      InetAddress client =
          address.indexOf(':') < 0
              ? NetworkUtils.parseIpv4Address(address)
              : NetworkUtils.parseIpv6Address(address);
      exchange.setSourceAddress(new InetSocketAddress(client, 0));
    }
  }
}
