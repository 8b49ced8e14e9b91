package dev.hubwire.samples.snippets.authentication;

import dev.hubwire.auth.JwtAuthenticator;
import dev.hubwire.server.HubServer;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.EndpointPolicy;
import dev.hubwire.transport.User;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

final class Authentication {
  private Authentication() {}

  /** Looks up what a browser's cookie stands for. */
  interface Sessions {
    @Nullable String userOf(String cookie);
  }

  static Authenticator sharedSecret(byte[] secret) {
    // docs:jwt-secret
    Authenticator tokens =
        JwtAuthenticator.builder()
            .secret(secret) // HS256; 32 bytes or more
            .issuer("https://login.example")
            .audience("desk")
            .build();
    // docs:end
    return tokens;
  }

  static Authenticator publishedKeys(Executor executor) {
    // docs:jwt-keys
    JwtAuthenticator tokens =
        JwtAuthenticator.builder()
            .keySetUrl(URI.create("https://login.example/jwks.json"), executor) // RS256, ES256
            .audience("desk")
            .roleClaims("roles", "groups")
            .build();
    tokens.ready().toCompletableFuture().join(); // the first fetch, before clients come
    // docs:end
    return tokens;
  }

  static HubServer roles(Authenticator tokens) {
    // docs:endpoint-roles
    HubServer server =
        HubServer.builder()
            .hub(
                "/desk",
                DeskHub::new,
                hub ->
                    hub.authenticator(tokens)
                        .transport(below -> below.policy(EndpointPolicy.anyRole(Set.of("staff")))))
            .start();
    // docs:end
    return server;
  }

  static HubServer addresses(Authenticator tokens) {
    // docs:user-ids
    HubServer server =
        HubServer.builder()
            .hub(
                "/desk",
                DeskHub::new,
                hub ->
                    hub.authenticator(tokens).userId(user -> (String) user.claims().get("email")))
            .start();
    server.hubContext(DeskHub.class).clients().user("ada@example.org").send("news");
    // docs:end
    return server;
  }

  static Authenticator own(Sessions sessions) {
    // docs:own-authenticator
    Authenticator bySession =
        request -> {
          String cookie = request.cookie("session");
          if (cookie == null) {
            return Authenticator.Result.anonymous();
          }
          String id = sessions.userOf(cookie); // in memory: this is an IO thread
          return id == null
              ? Authenticator.Result.refused("session: unknown") // for the log, without the cookie
              : Authenticator.Result.of(new User(id, Set.of("staff"), Map.of(), null));
        };
    // docs:end
    return bySession;
  }

  static HubServer refreshing(Authenticator tokens) {
    // docs:enable-refresh
    HubServer server =
        HubServer.builder()
            .hub(
                "/desk",
                DeskHub::new,
                hub ->
                    hub.authenticator(tokens)
                        .enableAuthenticationRefresh(true)
                        .transport(
                            below ->
                                below
                                    .closeOnAuthenticationExpiry(true)
                                    .maximumAuthenticationExpiration(Duration.ofHours(1))
                                    .onAuthenticationRefresh(
                                        refresh ->
                                            CompletableFuture.completedFuture(
                                                refresh.newUser() != null))))
            .start();
    // docs:end
    return server;
  }
}
