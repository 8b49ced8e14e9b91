package dev.hubwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.EndpointPolicy;
import dev.hubwire.transport.User;
import io.undertow.security.api.AuthenticationMode;
import io.undertow.security.handlers.AuthenticationCallHandler;
import io.undertow.security.handlers.AuthenticationMechanismsHandler;
import io.undertow.security.handlers.SecurityInitialHandler;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.security.impl.BasicAuthenticationMechanism;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Undertow's own basic authentication, which works on threads of its own, in front of a hub. */
class HttpServerUserTest {
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");
  private static final String ASK =
      "{\"protocol\":\"json\",\"version\":1}\u001e"
          + "{\"type\":1,\"invocationId\":\"0\",\"target\":\"whoAmI\",\"arguments\":[]}\u001e";

  /** Test thread only. */
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void itsAccountIsTheUserOfTheHub() throws IOException, InterruptedException {
    try (HubServer server = server(Authenticator.HTTP_SERVER)) {
      assertThat(answerTo(server, "ann")).contains("\"result\":\"ann [admin] {}\"");
    }
  }

  @Test
  void aPrincipalThatIsAUserBringsItsClaims() throws IOException, InterruptedException {
    try (HubServer server = server(Authenticator.HTTP_SERVER)) {
      assertThat(answerTo(server, "bob")).contains("\"result\":\"bob [guest] {team=blue}\"");
    }
  }

  @Test
  void withoutAnAccountThereIsNobody() throws IOException, InterruptedException {
    try (HubServer server = server(Authenticator.HTTP_SERVER)) {
      assertThat(send(server, null, "POST", "/who/negotiate", "").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void anotherAuthenticatorHasTheLastWord() throws IOException, InterruptedException {
    try (HubServer server = server(Authenticator.NONE)) {
      assertThat(send(server, "ann", "POST", "/who/negotiate", "").statusCode()).isEqualTo(401);
    }
  }

  /** Over long polling, whose every request passes the handlers in front. */
  private String answerTo(HubServer server, String name) throws IOException, InterruptedException {
    String negotiated = send(server, name, "POST", "/who/negotiate?negotiateVersion=1", "").body();
    Matcher token = TOKEN.matcher(negotiated);
    assertThat(token.find()).as(negotiated).isTrue();
    String target = "/who?id=" + token.group(1);
    assertThat(send(server, name, "GET", target, "").statusCode()).isEqualTo(200);
    assertThat(send(server, name, "POST", target, ASK).statusCode()).isEqualTo(200);
    StringBuilder received = new StringBuilder();
    while (received.indexOf("result") < 0) {
      HttpResponse<String> poll = send(server, name, "GET", target, "");
      assertThat(poll.statusCode()).isEqualTo(200);
      received.append(poll.body());
    }
    return received.toString();
  }

  private HttpResponse<String> send(
      HubServer server, @Nullable String name, String verb, String target, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
            .method(
                verb,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (name != null) {
      byte[] credentials = (name + ":secret of " + name).getBytes(UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HubServer server(Authenticator authenticator) {
    return HubServer.builder()
        .hub(
            "/who",
            WhoHub::new,
            hub ->
                hub.authenticator(authenticator)
                    .transport(below -> below.policy(EndpointPolicy.AUTHENTICATED)))
        .inFront(HttpServerUserTest::withBasicAuthentication)
        .listen("127.0.0.1", 0)
        .start();
  }

  /** Finds out who it is, and leaves it to the hub who may come in. */
  private static HttpHandler withBasicAuthentication(HttpHandler hubs) {
    return new SecurityInitialHandler(
        AuthenticationMode.PRO_ACTIVE,
        new People(),
        new AuthenticationMechanismsHandler(
            new AuthenticationCallHandler(hubs),
            List.of(new BasicAuthenticationMechanism("test"))));
  }

  private record KnownAccount(Principal principal, Set<String> roles) implements Account {
    @Override
    public Principal getPrincipal() {
      return principal;
    }

    @Override
    public Set<String> getRoles() {
      return roles;
    }
  }

  private static final class People implements IdentityManager {
    private static final Map<String, Account> ACCOUNTS =
        Map.of(
            "ann",
            new KnownAccount(() -> "ann", Set.of("admin")),
            "bob",
            new KnownAccount(
                new User("bob", Set.of("guest"), Map.of("team", "blue"), null), Set.of()));

    @Override
    public Account verify(Account account) {
      return account;
    }

    @Override
    public @Nullable Account verify(String id, Credential credential) {
      boolean good =
          credential instanceof PasswordCredential password
              && new String(password.getPassword()).equals("secret of " + id);
      return good ? ACCOUNTS.get(id) : null;
    }

    @Override
    public @Nullable Account verify(Credential credential) {
      return null;
    }
  }

  /** Tells a client who it is. */
  public static class WhoHub extends Hub<ClientProxy> {
    public String whoAmI() {
      User user = context().user();
      return user == null ? "nobody" : user.id() + " " + user.roles() + " " + user.claims();
    }
  }
}
