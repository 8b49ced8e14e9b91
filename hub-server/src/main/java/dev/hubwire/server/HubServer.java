package dev.hubwire.server;

import dev.hubwire.cluster.ForwardingOutcome;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubContext;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.TransportDowngrade;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A running server of hubs. Thread-safe.
 *
 * <pre>{@code
 * HubServer server = HubServer.builder()
 *     .hub("/chat", ChatHub::new)
 *     .listen("127.0.0.1", 8080)
 *     .start();
 * }</pre>
 */
public final class HubServer implements AutoCloseable {
  private final HubHandler hubs;
  private final HttpServer http;

  HubServer(HubHandler hubs, HttpServer http) {
    this.hubs = hubs;
    this.http = http;
  }

  /** The first step to a server. */
  public static HubServerBuilder builder() {
    return new HubServerBuilder();
  }

  /** The port of the first listener, which is of interest where 0 was asked for. */
  public int port() {
    return port(0);
  }

  /**
   * The port of a listener.
   *
   * @param listener its place in the order in which they were added to the builder, from 0
   */
  public int port(int listener) {
    return http.addresses().get(listener).getPort();
  }

  /**
   * A hub's clients and groups, for code outside the hub; the same for every path the hub is mapped
   * to.
   *
   * @throws IllegalArgumentException if no such hub is mapped
   */
  public <C> HubContext<C> hubContext(Class<? extends Hub<C>> hubClass) {
    return hubs.hubContext(hubClass);
  }

  /**
   * How often clients met a limit of {@link ServerLimits} since the start; with every limit in it.
   */
  public Map<Limit, Long> refusals() {
    return hubs.refusals();
  }

  /**
   * How many clients ended up with another transport than the best they were offered, by the likely
   * cause, since the start. The log says it of each client.
   */
  public Map<TransportDowngrade, Long> transportDowngrades() {
    return hubs.transportDowngrades();
  }

  /**
   * Why connections ended since the start, with every reason in it. One that was negotiated and
   * never got a transport counts too.
   */
  public Map<CloseReason, Long> closeReasons() {
    return hubs.closeReasons();
  }

  /**
   * What became of requests that came here and were another node's, since the start, with every
   * outcome in it; empty where the server does not forward.
   */
  public Map<ForwardingOutcome, Long> forwardedRequests() {
    return hubs.forwardedRequests();
  }

  /** Whether new clients are welcome: it is neither drained nor closed. */
  public boolean isReady() {
    return hubs.isReady();
  }

  /**
   * Takes the server out of service, for a process that is about to end: {@link #close} it when
   * this is done.
   *
   * <ol>
   *   <li>It says that it is {@linkplain HubServerBuilder#readiness not ready}.
   *   <li>After the {@linkplain DrainOptions.Builder#notice notice}, clients that negotiate are
   *       refused or sent elsewhere. What is negotiated may still connect.
   *   <li>Connections are told to come back, at a {@linkplain
   *       DrainOptions.Builder#connectionsPerSecond pace}; one with a call, a stream or an upload
   *       under way after that has ended. A call that the client sent meanwhile fails there, and
   *       has not run here. Calls of {@link dev.hubwire.hub.Inline} methods that answer later are
   *       not waited for.
   *   <li>At the {@linkplain DrainOptions.Builder#timeout time-out} the rest is closed.
   * </ol>
   *
   * @return completes when nobody is left, on a thread of the server: what blocks belongs
   *     elsewhere. A second call changes nothing and returns the same
   */
  public CompletionStage<@Nullable Void> drain(DrainOptions options) {
    return hubs.drain(options);
  }

  HubHandler.Holdings holdings() {
    return hubs.holdings();
  }

  /**
   * Stops in an orderly way: clients are told to come back, what was sent to them is written, and
   * connections that take too long are cut. Blocks until then, some seconds at most. Idempotent.
   */
  @Override
  public void close() {
    hubs.close();
    http.close();
  }
}
