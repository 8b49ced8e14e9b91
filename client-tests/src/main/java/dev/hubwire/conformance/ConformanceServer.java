package dev.hubwire.conformance;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubContext;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.server.DrainOptions;
import dev.hubwire.server.HubOptions;
import dev.hubwire.server.HubServer;
import dev.hubwire.server.HubServerBuilder;
import dev.hubwire.transport.AllowedOrigins;
import dev.hubwire.transport.Authenticator;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The conformance application, running. */
final class ConformanceServer implements ServingCommand.Running {
  private static final String ADDRESS = "127.0.0.1";

  /** Where the conformance hub is mapped, and how it can be reached there. */
  private static final Map<String, Set<Transport>> PATHS =
      Map.of(
          "/conformance", Transport.all(),
          "/conformance-nows", Set.of(Transport.SERVER_SENT_EVENTS, Transport.LONG_POLLING),
          "/conformance-lp", Set.of(Transport.LONG_POLLING),
          "/conformance-ws", Set.of(Transport.WEB_SOCKETS));

  private final HubServer server;
  private final Peers peers;
  private final @Nullable DrainOptions drain;

  private ConformanceServer(HubServer server, Peers peers, @Nullable DrainOptions drain) {
    this.server = server;
    this.peers = peers;
    this.drain = drain;
  }

  /**
   * @param port to listen on, 0 for any that is free
   */
  static ConformanceServer start(int port, ConformanceOptions options) {
    Clock clock = Clock.systemUTC();
    var node = new Node(options.node, clock);
    var tokens = new Tokens(clock);
    Authenticator authenticator = tokens.authenticator();
    // The pages are part of the server whose hub they publish through.
    var context = new CompletableFuture<HubContext<ClientProxy>>();
    var pages =
        new Pages(tokens, text -> context.join().clients().all().send("receive", text)).handler();

    @Nullable DrainOptions drain = options.drain();
    var peers = new Peers(options);
    var builder = builder(options, peers).listen(ADDRESS, port).fallback(pages);
    PATHS.forEach(
        (path, transports) ->
            builder.hub(
                path,
                () -> new ConformanceHub(node),
                hub ->
                    configure(hub, options)
                        .authenticator(authenticator)
                        .transports(transports)
                        .transport(below -> below.allowStatefulReconnects(true))));
    HubServer server =
        builder
            .hub(
                "/conformance-auth",
                () -> new SecureHub(node),
                hub ->
                    configure(hub, options)
                        .authenticator(authenticator)
                        .transport(
                            below -> below.closeOnAuthenticationExpiry(options.closeOnExpiry)))
            .hub("/conformance-results", AskingHub::new, hub -> configure(hub, options))
            .connectionHandler(
                "/raw-echo", new RawEcho(), echo -> echo.allowedOrigins(AllowedOrigins.any()))
            .start();
    context.complete(server.hubContext(ConformanceHub.class));
    return new ConformanceServer(server, peers, drain);
  }

  private static HubServerBuilder builder(ConformanceOptions options, Peers peers) {
    HubServerBuilder builder = HubServer.builder().node(options.node).readiness("/readyz");
    peers.join(builder);
    return builder;
  }

  @Override
  public URI url() {
    return URI.create("http://" + ADDRESS + ":" + server.port());
  }

  @Override
  public void close() {
    if (drain != null) {
      server.drain(drain).toCompletableFuture().join();
    }
    server.close();
    peers.close();
  }

  private static HubOptions.Builder configure(HubOptions.Builder hub, ConformanceOptions options) {
    return hub.maxMessageBytes(options.maxMessageBytes)
        .parallelInvocations(options.parallelInvocations)
        .detailedErrors(options.detailedErrors)
        .keepAlive(options.keepAlive())
        .clientTimeout(options.clientTimeout())
        .handshakeTimeout(options.handshakeTimeout())
        // Tests come from anywhere, and nothing here looks at cookies.
        .allowedOrigins(AllowedOrigins.any());
  }
}
