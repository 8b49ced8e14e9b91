package dev.hubwire.clients;

import static dev.hubwire.clients.JavaStage.call;
import static dev.hubwire.clients.JavaStage.identity;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.TypeReference;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Values there and back, calls and their failures. */
@ParameterizedClass
@EnumSource(JavaWay.class)
class JavaClientTest extends JavaClientCases {
  @Test
  void reportsItsTransportItsNodeAndItsConnectionId() {
    HubConnection connection = stage.open();
    Map<String, String> me = identity(connection);
    assertThat(me)
        .containsEntry("transport", way.wireName())
        .containsEntry("node", call(connection, String.class, "NodeName"));
    assertThat(me.get("userIdentifier")).isNull();
    assertThat(me.get("connectionId")).matches("[\\w-]{22}");
    if (way.negotiates()) {
      assertThat(connection.getConnectionId()).isEqualTo(me.get("connectionId"));
    }
  }

  @Test
  void echoesTexts() {
    HubConnection connection = stage.open();
    for (String text : List.of("hello", "", TRICKY, "x".repeat(30_000))) {
      assertThat(call(connection, String.class, "Echo", text)).isEqualTo(text);
    }
  }

  @Test
  void echoesNumbersAndBooleans() {
    HubConnection connection = stage.open();
    for (int value : new int[] {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThat(call(connection, Integer.class, "EchoInt", value)).isEqualTo(value);
    }
    for (long value : new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(call(connection, Long.class, "EchoLong", value)).isEqualTo(value);
    }
    for (double value : new double[] {0, -0.1, 7, 1e300, Double.MIN_VALUE}) {
      assertThat(call(connection, Double.class, "EchoDouble", value)).isEqualTo(value);
    }
    assertThat(call(connection, Boolean.class, "EchoBool", true)).isTrue();
    assertThat(call(connection, Boolean.class, "EchoBool", false)).isFalse();
  }

  @Test
  void echoesListsMapsBytesAndDates() {
    HubConnection connection = stage.open();
    Type list = new TypeReference<List<String>>() {}.getType();
    assertThat(
            connection.<List<String>>invoke(list, "EchoList", List.of("a", TRICKY)).blockingGet())
        .containsExactly("a", TRICKY);
    Type map = new TypeReference<Map<String, Integer>>() {}.getType();
    assertThat(
            connection
                .<Map<String, Integer>>invoke(map, "EchoMap", Map.of("Two words", -2))
                .blockingGet())
        .containsExactly(Map.entry("Two words", -2));
    // The client has no form of its own for these two.
    assertThat(call(connection, String.class, "EchoBytes", "AAEe/w==")).isEqualTo("AAEe/w==");
    assertThat(call(connection, String.class, "EchoDate", "2026-11-21T01:02:03.456Z"))
        .isEqualTo("2026-11-21T01:02:03.456Z");
  }

  @Test
  void bindsArgumentsInOrderAndIgnoresTheCaseOfNames() {
    HubConnection connection = stage.open();
    assertThat(call(connection, Integer.class, "Add", 2, 3)).isEqualTo(5);
    assertThat(call(connection, Integer.class, "add", 2, 3)).isEqualTo(5);
    assertThat(call(connection, String.class, "MANYARGUMENTS", "a", 1, true, "d"))
        .isEqualTo("a|1|true|d");
    assertThat(call(connection, String.class, "DefaultedNull", new Object[] {null}))
        .isEqualTo("null");
    assertThat(call(connection, String.class, "Renamed")).isEqualTo("renamed");
    call(connection, "Nothing");
  }

  @Test
  void hearsWhyACallFailed() {
    HubConnection connection = stage.open();
    refused(
        () -> call(connection, "Throw", "secret"),
        "An unexpected error occurred invoking 'Throw' on the server.");
    refused(
        () -> call(connection, "ThrowHubException", "told"),
        "An unexpected error occurred invoking 'ThrowHubException' on the server. HubException:"
            + " told");
    refused(
        () -> call(connection, "DeclaredName"),
        "Failed to invoke 'DeclaredName' due to an error on the server. HubException: Method does"
            + " not exist.");
    for (Object[] arguments : new Object[][] {{1}, {1, 2, 3}, {"one", "two"}, {1, 2.5}}) {
      refused(
          () -> call(connection, "Add", arguments),
          "Failed to invoke 'Add' due to an error on the server.");
    }
    assertThat(call(connection, String.class, "Echo", "still here")).isEqualTo("still here");
  }

  @Test
  void survivesFailuresOfCallsThatWantNoAnswer() {
    HubConnection connection = stage.open();
    connection.send("NoSuchMethod");
    connection.send("Add", "one");
    connection.send("Throw", "unheard");
    connection.send("Nothing");
    assertThat(call(connection, String.class, "Echo", "still here")).isEqualTo("still here");
  }

  @Test
  void keepsItemsPerConnection() {
    List<HubConnection> both = stage.several(2);
    call(both.get(0), "SetItem", "k", "v");
    call(both.get(1), "SetItem", "k", "w");
    assertThat(call(both.get(0), String.class, "GetItem", "k")).isEqualTo("v");
    assertThat(call(both.get(1), String.class, "GetItem", "k")).isEqualTo("w");
  }

  @Test
  void isWelcomedIfItAsksForItAndItsQueryAndHeadersAreKnown() throws Exception {
    HubConnection connection =
        stage.build(
            "/conformance?welcome=1&colour=blue%20green",
            builder -> builder.withHeader("X-Colour", "blue; green, red"));
    Inbox<String> welcome = new Inbox<>(connection, "welcome", String.class);
    JavaStage.soon(connection.start());
    welcome.expect(JavaStage.idOf(connection));
    assertThat(call(connection, String.class, "GetQuery", "Colour")).isEqualTo("blue green");
    assertThat(call(connection, String.class, "GetHeader", "x-colour"))
        .isEqualTo("blue; green, red");
    assertThat(call(connection, String.class, "GetHeader", "User-Agent"))
        .startsWith("Microsoft SignalR/");
  }
}
