package dev.hubwire.samples.snippets.security;

import dev.hubwire.auth.JwtAuthenticator;
import dev.hubwire.samples.snippets.readme.ChatHub;
import dev.hubwire.server.HubServer;
import dev.hubwire.server.TlsKeys;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.EndpointPolicy;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

final class SecureServers {
  private SecureServers() {}

  static HubServer authenticated(byte[] secret) {
    // docs:who-may-come-in
    Authenticator tokens = JwtAuthenticator.builder().secret(secret).build();
    HubServer server =
        HubServer.builder()
            .hub(
                "/chat",
                ChatHub::new,
                hub ->
                    hub.authenticator(tokens) // who is it
                        .transport(below -> below.policy(EndpointPolicy.AUTHENTICATED))) // who may
            .start();
    // docs:end
    return server;
  }

  static HubServer byTheHttpServer(UnaryOperator<HttpHandler> basicAuthentication) {
    // docs:by-the-http-server
    HubServer server =
        HubServer.builder()
            .hub("/chat", ChatHub::new, hub -> hub.authenticator(Authenticator.HTTP_SERVER))
            .inFront(basicAuthentication)
            .start();
    // docs:end
    return server;
  }

  static HubServer encrypted() throws IOException {
    // docs:tls
    TlsKeys keys = TlsKeys.fromPem(Path.of("chain.pem"), Path.of("key.pem"));
    HubServer server =
        HubServer.builder().hub("/chat", ChatHub::new).listenTls("0.0.0.0", 8443, keys).start();
    // docs:end
    return server;
  }
}
