package dev.hubwire.clients;

import static dev.hubwire.clients.JavaStage.call;
import static dev.hubwire.clients.JavaStage.idOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.signalr.HttpHubConnectionBuilder;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.TypeReference;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a message reaches. */
@ParameterizedClass
@EnumSource(JavaWay.class)
class JavaClientTargetsTest extends JavaClientCases {
  /** A connection, what it receives, and its id. */
  private record Guest(HubConnection connection, Inbox<String> inbox, String id) {
    static Guest of(HubConnection connection) {
      return new Guest(connection, Inbox.texts(connection), idOf(connection));
    }

    void expect(String text) throws InterruptedException {
      inbox.expect(text);
    }

    void expectNothing() throws InterruptedException {
      Inbox.expectNothing(inbox, connection);
    }
  }

  @Test
  void addressesAllOthersOneSeveralAndAllButSome() throws Exception {
    Guest a = guest();
    Guest b = guest();
    Guest c = guest();
    call(a.connection(), "Broadcast", "all");
    expect("all", a, b, c);
    call(a.connection(), "SendToOthers", "others");
    expect("others", b, c);
    call(a.connection(), "SendToConnection", b.id(), "b");
    b.expect("b");
    call(a.connection(), "SendToConnections", List.of(a.id(), c.id(), c.id()), "a and c");
    expect("a and c", a, c);
    call(a.connection(), "BroadcastExcept", "not a", List.of(a.id(), "no-such-connection"));
    expect("not a", b, c);
    call(a.connection(), "SendToConnection", "no-such-connection", "lost");
    expectNothing(a, b, c);
  }

  @Test
  void addressesGroups() throws Exception {
    Guest a = guest();
    Guest b = guest();
    Guest c = guest();
    String one = mark();
    String two = mark();
    call(a.connection(), "JoinGroup", one);
    call(b.connection(), "JoinGroup", one);
    call(a.connection(), "AddToGroup", c.id(), two);
    call(c.connection(), "SendToGroup", one, "1");
    expect("1", a, b);
    call(a.connection(), "SendToOthersInGroup", one, "2");
    b.expect("2");
    call(a.connection(), "SendToGroupExcept", one, "3", List.of(b.id()));
    a.expect("3");
    call(a.connection(), "SendToGroups", List.of(one, two), "4");
    expect("4", a, b, c);
    call(a.connection(), "LeaveGroup", one);
    call(c.connection(), "RemoveFromGroup", b.id(), one);
    call(a.connection(), "SendToGroup", one, "nobody");
    expectNothing(a, b, c);
  }

  @Test
  void addressesUsersOnAllTheirConnections() throws Exception {
    String ada = "ada-" + mark();
    String bob = "bob-" + mark();
    Guest ada1 = guest(stage.as(ada, ""));
    Guest ada2 = guest(stage.as(ada, ""));
    Guest bob1 = guest(stage.as(bob, ""));
    Guest stranger = guest();
    call(bob1.connection(), "SendToUser", ada, "hello");
    expect("hello", ada1, ada2);
    call(ada1.connection(), "SendToUsers", List.of(ada, bob, "nobody"), "both");
    expect("both", ada1, ada2, bob1);
    expectNothing(ada1, ada2, bob1, stranger);
  }

  @Test
  void isReachedFromOutsideAnyHub() throws Exception {
    Guest guest = guest();
    assertThat(stage.publish("from outside")).isEqualTo(204);
    guest.expect("from outside");
  }

  @Test
  void receivesObjects() throws Exception {
    HubConnection connection = stage.open();
    var received = new CompletableFuture<Map<String, Object>>();
    connection.<Map<String, Object>>on(
        "receiveObject", received::complete, new TypeReference<Map<String, Object>>() {}.getType());
    call(connection, "SendObjectToCaller");
    assertThat(received.get(10, TimeUnit.SECONDS))
        .containsEntry("name", "n")
        .containsEntry("value", 1.0)
        .containsEntry("tags", List.of("x"))
        .containsEntry("nested", null);
  }

  @Test
  void isLetInWithATokenAndToAMethodWithTheRole() throws Exception {
    HubConnection admin = stage.open("/conformance-auth", stage.as("ada", "admin"));
    assertThat(JavaStage.identity(admin)).containsEntry("userIdentifier", "ada");
    assertThat(call(admin, String.class, "AdminOnly")).isEqualTo("ok");
    HubConnection guest = stage.open("/conformance-auth", stage.as("bob", "guest"));
    refused(
        () -> call(guest, "AdminOnly"),
        "Failed to invoke 'AdminOnly' because user is unauthorized");
    assertThat(JavaStage.identity(guest)).containsEntry("userIdentifier", "bob");
  }

  @Test
  void isTurnedAwayWithoutAGoodToken() {
    List<Consumer<HttpHubConnectionBuilder>> credentials =
        List.of(none -> {}, builder -> builder.withAccessTokenProvider(Single.just("not.a.token")));
    for (Consumer<HttpHubConnectionBuilder> bad : credentials) {
      HubConnection connection = stage.build("/conformance-auth", bad);
      assertThatThrownBy(() -> JavaStage.soon(connection.start())).hasStackTraceContaining("401");
    }
  }

  private Guest guest() {
    return guest(anonymous -> {});
  }

  private Guest guest(Consumer<HttpHubConnectionBuilder> credentials) {
    return Guest.of(stage.open(JavaStage.CONFORMANCE, credentials));
  }

  private static void expect(String text, Guest... guests) throws InterruptedException {
    for (Guest guest : guests) {
      guest.expect(text);
    }
  }

  private static void expectNothing(Guest... guests) throws InterruptedException {
    for (Guest guest : guests) {
      guest.expectNothing();
    }
  }

  private static String mark() {
    return UUID.randomUUID().toString();
  }
}
