package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.User;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every poll shows credentials anew, and the latest count. */
class PollExpiryTest {
  private static final Pattern TOKEN = Pattern.compile("\"connectionToken\":\"([^\"]+)\"");

  @Test
  void aConnectionLivesAsLongAsTheLatestPollsAuthentication()
      throws IOException, InterruptedException {
    try (HubServer server = server();
        HttpClient client = HttpClient.newHttpClient()) {
      String home = "http://127.0.0.1:" + server.port() + "/quiet";
      Matcher token =
          TOKEN.matcher(send(client, "POST", home + "/negotiate?negotiateVersion=1", "").body());
      assertThat(token.find()).isTrue();
      String target = home + "?id=" + token.group(1);
      assertThat(send(client, "GET", target, "").statusCode()).isEqualTo(200);
      send(client, "POST", target, "{\"protocol\":\"json\",\"version\":1}\u001e");
      assertThat(send(client, "GET", target, "").body()).isEqualTo("{}\u001e");

      assertThat(send(client, "GET", target + "&expired", "").body())
          .isEqualTo("{\"type\":7,\"allowReconnect\":true}\u001e");
      assertThat(send(client, "GET", target, "").statusCode()).isEqualTo(204);
    }
  }

  private static HubServer server() {
    Authenticator byQuery =
        request -> {
          Instant until = request.queryParameter("expired") == null ? null : Instant.EPOCH;
          return Authenticator.Result.of(new User("ann", Set.of(), Map.of(), until));
        };
    return HubServer.builder()
        .hub(
            "/quiet",
            QuietHub::new,
            hub ->
                hub.authenticator(byQuery)
                    .transport(below -> below.closeOnAuthenticationExpiry(true)))
        .listen("127.0.0.1", 0)
        .scanInterval(Duration.ofMillis(20))
        .start();
  }

  private static HttpResponse<String> send(HttpClient client, String verb, String uri, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(uri))
            .method(verb, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Says nothing. */
  public static class QuietHub extends Hub<ClientProxy> {}
}
