package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.hubwire.auth.JwtAuthenticator;
import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signed tokens, a started server and a WebSocket: a refresh as clients do it. */
class TokenRefreshTest {
  private static final byte[] SECRET = "a secret of more than 256 bits, for tests".getBytes(UTF_8);
  private static final Pattern NEGOTIATED =
      Pattern.compile("\"connectionToken\":\"([^\"]+)\",\"tokenLifetimeSeconds\":([0-9]+),");

  private final HttpClient http = HttpClient.newHttpClient();
  private final HubServer server =
      HubServer.builder()
          .hub(
              "/desk",
              DeskHub::new,
              hub ->
                  hub.authenticator(JwtAuthenticator.builder().secret(SECRET).build())
                      .enableAuthenticationRefresh(true))
          .listen("127.0.0.1", 0)
          .start();

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  @Test
  void aConnectionGoesOnWithANewToken() throws Exception {
    String first = token("ada", List.of("reader"));
    String id = negotiate(first);
    try (RawClient client =
        new RawClient(server.port(), "/desk?id=" + id + "&access_token=" + first)) {
      assertThat(invoke(client, "approve"))
          .contains("Failed to invoke 'approve' because user is unauthorized");

      HttpResponse<String> refused = refresh(id, token("bob", List.of("boss")));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo("{\"error\":\"user_changed\"}");
      assertThat(invoke(client, "approve")).contains("unauthorized");

      HttpResponse<String> refreshed = refresh(id, token("ada", List.of("reader", "boss")));
      assertThat(refreshed.statusCode()).isEqualTo(200);
      assertThat(refreshed.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(refreshed.body()).matches("\\{\"tokenLifetimeSeconds\":(1800|17[0-9]{2})}");
      assertThat(invoke(client, "approve")).contains("\"result\":\"ada approves\"");

      server.hubContext(DeskHub.class).clients().user("bob").send("lost");
      server.hubContext(DeskHub.class).clients().user("ada").send("news");
      assertThat(client.receive()).contains("\"target\":\"news\"");
    }
  }

  @Test
  void whoMayNotComeInMayNotRefresh() throws Exception {
    String id = negotiate(token("ada", List.of("reader")));
    assertThat(refresh(id, "nonsense").statusCode()).isEqualTo(401);
    assertThat(
            http.send(
                    HttpRequest.newBuilder(URI.create(home() + "/refresh?id=" + id))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(401);
    assertThat(refresh(id, token("ada", List.of("nothing"))).statusCode()).isEqualTo(403);
  }

  private String negotiate(String token) throws IOException, InterruptedException {
    String negotiated = post("/negotiate?negotiateVersion=1", token).body();
    Matcher found = NEGOTIATED.matcher(negotiated);
    assertThat(found.find()).as(negotiated).isTrue();
    assertThat(Integer.parseInt(found.group(2))).isBetween(1_700, 1_800);
    return found.group(1);
  }

  private HttpResponse<String> refresh(String id, String token)
      throws IOException, InterruptedException {
    return post("/refresh?id=" + id, token);
  }

  private HttpResponse<String> post(String target, String token)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(home() + target))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String home() {
    return "http://127.0.0.1:" + server.port() + "/desk";
  }

  private static String invoke(RawClient client, String target) {
    client.send(
        "{\"type\":1,\"invocationId\":\"0\",\"target\":\"%s\",\"arguments\":[]}".formatted(target));
    return client.receive();
  }

  private static String token(String user, List<String> roles) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .subject(user)
                .claim("roles", roles)
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(30))))
                .build());
    jwt.sign(new MACSigner(SECRET));
    return jwt.serialize();
  }

  /** Some read, some approve. */
  @Authorize(roles = {"reader", "boss"})
  public static class DeskHub extends Hub<ClientProxy> {
    @Authorize(roles = "boss")
    public String approve() {
      return context().userIdentifier() + " approves";
    }
  }
}
