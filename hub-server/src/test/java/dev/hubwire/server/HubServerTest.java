package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.transport.Authenticator;
import dev.hubwire.transport.User;
import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HubServerTest {
  @Test
  void aHubAtTwoPathsIsOneHub() {
    try (HubServer server =
            HubServer.builder()
                .hub("/one", TalkHub::new)
                .hub("/two", TalkHub::new)
                .listen("127.0.0.1", 0)
                .start();
        RawClient one = new RawClient(server.port(), "/one");
        RawClient two = new RawClient(server.port(), "/two")) {
      one.send("{\"type\":1,\"target\":\"say\",\"arguments\":[\"hello\"]}");
      String hello = "{\"type\":1,\"target\":\"said\",\"arguments\":[\"hello\"]}";
      assertThat(one.receive()).isEqualTo(hello);
      assertThat(two.receive()).isEqualTo(hello);
    }
  }

  @Test
  void codeOutsideAHubReachesItsClients() {
    try (HubServer server =
            HubServer.builder().hub("/talk", TalkHub::new).listen("127.0.0.1", 0).start();
        RawClient client = new RawClient(server.port(), "/talk")) {
      server.hubContext(TalkHub.class).clients().all().said("from outside");
      assertThat(client.receive())
          .isEqualTo("{\"type\":1,\"target\":\"said\",\"arguments\":[\"from outside\"]}");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> server.hubContext(GuardedHub.class))
          .withMessageContaining("GuardedHub (expected: a hub that is mapped to a path)");
    }
  }

  @Test
  void clientsHearThatTheServerStops() {
    HubServer server =
        HubServer.builder().hub("/talk", TalkHub::new).listen("127.0.0.1", 0).start();
    try (RawClient client = new RawClient(server.port(), "/talk")) {
      Thread stopping = Thread.ofVirtual().start(server::close);
      assertThat(client.receive()).isEqualTo("{\"type\":7,\"allowReconnect\":true}");
      client.leave();
      stopping.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anExpiredAuthenticationEndsAConnectionWhereItIsToldTo() {
    User expired = new User("ann", Set.of(), Map.of(), Instant.EPOCH);
    try (HubServer server =
            HubServer.builder()
                .hub(
                    "/talk",
                    TalkHub::new,
                    hub ->
                        hub.authenticator(request -> Authenticator.Result.of(expired))
                            .transport(below -> below.closeOnAuthenticationExpiry(true)))
                .listen("127.0.0.1", 0)
                .scanInterval(Duration.ofMillis(20))
                .start();
        RawClient client = new RawClient(server.port(), "/talk")) {
      assertThat(client.receive()).isEqualTo("{\"type\":7,\"allowReconnect\":true}");
    }
  }

  @Test
  void aPathIsTakenOnce() {
    HubServerBuilder builder =
        HubServer.builder().hub("/talk", TalkHub::new).hub("/Talk", TalkHub::new);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::toHandler)
        .withMessage("path: /Talk is taken (expected: another)");
  }

  @Test
  void aHubClassThatCannotWorkStopsTheStartAndSaysWhatToChange() {
    assertThatIllegalArgumentException()
        .isThrownBy(HubServer.builder().hub("/broken", OverloadedHub::new)::toHandler)
        .withMessageContaining("Overloading is not supported.");
  }

  @Test
  void whatAHubAsksOfItsUsersIsAskedOfEveryRequest() throws IOException, InterruptedException {
    try (HubServer server =
        HubServer.builder().hub("/guarded", GuardedHub::new).listen("127.0.0.1", 0).start()) {
      assertThat(post(server.port(), "/guarded/negotiate").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void everyOtherPathIsTheFallbacks() throws IOException, InterruptedException {
    try (HubServer server =
        HubServer.builder()
            .hub("/talk", TalkHub::new)
            .fallback(exchange -> exchange.getResponseSender().send("fallback"))
            .listen("127.0.0.1", 0)
            .start()) {
      assertThat(post(server.port(), "/elsewhere").body()).isEqualTo("fallback");
    }
  }

  @Test
  void hubsRunInAnUndertowOfYourOwn() throws IOException, InterruptedException {
    try (HubHandler hubs = HubServer.builder().hub("/talk", TalkHub::new).toHandler()) {
      Undertow undertow =
          Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(hubs).build();
      undertow.start();
      int port = ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
      assertThat(post(port, "/talk/negotiate?negotiateVersion=1").body())
          .startsWith("{\"negotiateVersion\":1,\"connectionId\":");
      undertow.stop();
    }
  }

  private static HttpResponse<String> post(int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** What its clients can be told. */
  public interface Listener {
    void said(String text);
  }

  /** Repeats to all what one says. */
  public static class TalkHub extends Hub<Listener> {
    public void say(String text) {
      clients().all().said(text);
    }
  }

  /** For authenticated users. */
  @Authorize
  public static class GuardedHub extends Hub<ClientProxy> {}

  /** Two methods of one name. */
  public static class OverloadedHub extends Hub<ClientProxy> {
    public void say(String text) {
      clients().all().send("said", text);
    }

    @SuppressWarnings("MethodName") // the point: the wire ignores case
    public void Say(int number) {
      clients().all().send("said", number);
    }
  }
}
