package dev.hubwire.functional;

import dev.hubwire.conformance.RawEcho;
import dev.hubwire.conformance.ServingCommand;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubContext;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.server.HubOptions;
import dev.hubwire.server.HubServer;
import dev.hubwire.server.HubServerBuilder;
import dev.hubwire.transport.AllowedOrigins;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;

/** The functional application, running. */
final class FunctionalServer implements ServingCommand.Running {
  private static final String ADDRESS = "127.0.0.1";

  private final HubServer server;

  private FunctionalServer(HubServer server) {
    this.server = server;
  }

  /**
   * @param port to listen on, 0 for any that is free
   * @param httpsPort for TLS, null for none
   */
  static FunctionalServer start(int port, @Nullable Integer httpsPort) {
    var tokens = new Tokens(Clock.systemUTC(), new SecureRandom());
    // The pages are part of the server whose clients they ask.
    var context = new CompletableFuture<HubContext<ClientProxy>>();
    var pages = new Pages(tokens, context);
    var redirects = new Redirects();

    HubServerBuilder builder =
        HubServer.builder()
            .listen(ADDRESS, port)
            .jsonMapper(
                json -> json.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE))
            .inFront(
                next -> new CrossOrigin(redirects.before(new Cookies(Clock.systemUTC(), next))))
            .fallback(pages::handle)
            .hub("/testhub", TestHub::new, FunctionalServer::configure)
            .hub(
                "/testhub-nowebsockets",
                TestHub::new,
                hub ->
                    configure(hub)
                        .transports(Set.of(Transport.SERVER_SENT_EVENTS, Transport.LONG_POLLING)))
            .hub(
                "/authorizedhub",
                AuthorizedHub::new,
                hub -> configure(hub).authenticator(tokens.authenticator()))
            .hub(
                "/uncreatable",
                UncreatableHub.class,
                UncreatableHub::new,
                FunctionalServer::configure)
            .connectionHandler(
                "/echo", new RawEcho(), echo -> echo.allowedOrigins(AllowedOrigins.any()));
    if (httpsPort != null) {
      builder.listenTls(ADDRESS, httpsPort, LocalCertificate.create());
    }
    HubServer server = builder.start();
    context.complete(server.hubContext(TestHub.class));
    return new FunctionalServer(server);
  }

  @Override
  public URI url() {
    return URI.create("http://" + ADDRESS + ":" + server.port());
  }

  @Override
  public void close() {
    server.close();
  }

  private static HubOptions.Builder configure(HubOptions.Builder hub) {
    // The clients' tests run in pages of another origin.
    return hub.detailedErrors(true).allowedOrigins(AllowedOrigins.any());
  }
}
