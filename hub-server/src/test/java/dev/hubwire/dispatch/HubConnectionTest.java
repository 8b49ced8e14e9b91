package dev.hubwire.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.Inline;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HubConnectionTest {
  private static final String GENERIC_CLOSE =
      "{\"type\":7,\"error\":\"Connection closed with an error.\",\"allowReconnect\":true}";

  private final List<String> calls = new ArrayList<>();
  private final CompletableFuture<String> later = new CompletableFuture<>();
  private final HubHarness<ClientProxy> hub = new HubHarness<>(TestHub::new);

  @Test
  void answersTheHandshakeAndThenGreets() {
    HubHarness<ClientProxy>.Client client = hub.open();
    client.sends("{\"protocol\":\"json\",\"version\":1}");
    assertThat(client.received()).containsExactly("{}");
    assertThat(calls).containsExactly("connected c1");
    assertThat(hub.registered()).isOne();
  }

  @Test
  void readsMessagesThatCameWithTheHandshake() {
    HubHarness<ClientProxy>.Client client = hub.open();
    client.sends(
        "{\"protocol\":\"json\",\"version\":1}",
        "{\"type\":1,\"invocationId\":\"0\",\"target\":\"Add\",\"arguments\":[1,2]}");
    assertThat(client.received())
        .containsExactly("{}", "{\"type\":3,\"invocationId\":\"0\",\"result\":3}");
    assertThat(calls).containsExactly("connected c1", "add");
  }

  @Test
  void refusesAProtocolItDoesNotHave() {
    HubHarness<ClientProxy>.Client client = hub.open();
    client.sends("{\"protocol\":\"cbor\",\"version\":1}");
    assertThat(client.received())
        .containsExactly("{\"error\":\"The protocol 'cbor' is not supported.\"}");
    assertThat(client.closeReason()).isEqualTo(CloseReason.HANDSHAKE_FAILED);
    assertThat(calls).isEmpty();
  }

  @Test
  void cancelsAHandshakeThatIsTooLongOrTooLate() {
    String canceled = "{\"error\":\"Handshake was canceled.\"}";
    HubHarness<ClientProxy>.Client tooLong = hub.open();
    tooLong.sendsBytes("x".repeat(1_025).getBytes(UTF_8));
    HubHarness<ClientProxy>.Client tooLate = hub.open();
    hub.advance(Duration.ofSeconds(15), tooLate);
    assertThat(tooLong.received()).containsExactly(canceled);
    assertThat(tooLate.received()).containsExactly(canceled);
  }

  @Test
  void answersInTheOrderOfTheCalls() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Add", "1,2"), invoke("1", "Nothing", ""), invoke("2", "renamed", ""));
    assertThat(client.received())
        .containsExactly(
            "{\"type\":3,\"invocationId\":\"0\",\"result\":3}",
            "{\"type\":3,\"invocationId\":\"1\",\"result\":null}",
            "{\"type\":3,\"invocationId\":\"2\",\"result\":\"renamed\"}");
  }

  @Test
  void sendsNothingForACallWithoutAnId() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends("{\"type\":1,\"target\":\"Nothing\",\"arguments\":[]}");
    assertThat(calls).contains("nothing");
    assertThat(client.received()).isEmpty();
  }

  @Test
  void tellsOnlyHubExceptionsInDetail() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Fail", "\"why\""), invoke("1", "FailForClient", "\"why\""));
    assertThat(client.received())
        .containsExactly(
            completion("0", "An unexpected error occurred invoking 'fail' on the server."),
            completion(
                "1",
                "An unexpected error occurred invoking 'failForClient' on the server."
                    + " HubException: why"));
  }

  @Test
  void tellsEverythingInDetailWhereItIsAskedTo() {
    HubHarness<ClientProxy> detailed = new HubHarness<>(TestHub::new, HubHarness::detailed);
    HubHarness<ClientProxy>.Client client = detailed.connect();
    client.sends(invoke("0", "Fail", "\"why\""));
    client.sends(invoke("1", "Add", "1"));
    assertThat(client.received())
        .containsExactly(
            completion(
                "0",
                "An unexpected error occurred invoking 'fail' on the server."
                    + " IllegalStateException: why"),
            completion(
                "1",
                "Failed to invoke 'add' due to an error on the server. InvalidDataException:"
                    + " Invocation provides 1 argument(s) but target expects 2."));
  }

  @Test
  void knowsNoMethodsButItsOwn() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    for (String target : List.of("nope", "toString", "onConnected", "declaredName", "bind")) {
      client.sends(invoke("0", target, ""));
    }
    assertThat(client.received())
        .hasSize(5)
        .allMatch(answer -> answer.contains("HubException: Method does not exist."));
  }

  @Test
  void letsOnlyThoseCallAMethodWhoMay() {
    String refused = "Failed to invoke 'adminOnly' because user is unauthorized";
    HubHarness<ClientProxy>.Client anonymous = hub.connect();
    HubHarness<ClientProxy>.Client admin =
        hub.connect(new User("ann", Set.of("admin"), Map.of(), null));
    anonymous.sends(invoke("0", "AdminOnly", ""));
    admin.sends(invoke("0", "AdminOnly", ""));
    assertThat(anonymous.received()).containsExactly(completion("0", refused));
    assertThat(admin.received())
        .containsExactly("{\"type\":3,\"invocationId\":\"0\",\"result\":\"ok\"}");
  }

  @Test
  void refusesToStreamAPlainMethod() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends("{\"type\":4,\"invocationId\":\"0\",\"target\":\"Nothing\",\"arguments\":[]}");
    assertThat(client.received())
        .containsExactly(
            completion(
                "0",
                "The client attempted to invoke the non-streaming 'nothing' method with a streaming"
                    + " invocation."));
  }

  @Test
  void runsAnInlineMethodOnTheLaneAtOnce() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sendsBytes((invoke("0", "Quick", "") + "\u001e").getBytes(UTF_8));
    assertThat(hub.waitingThreads()).isZero();
    assertThat(calls).contains("quick");
  }

  @Test
  void anInlineMethodDoesNotOvertakeACallThatWaits() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Nothing", ""), invoke("1", "Quick", ""));
    assertThat(calls).containsSubsequence("nothing", "quick");
  }

  @Test
  void answersWhenAStageCompletes() {
    later.complete("at last");
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Later", ""));
    assertThat(client.received())
        .containsExactly("{\"type\":3,\"invocationId\":\"0\",\"result\":\"at last\"}");
  }

  @Test
  void anInlineMethodMayAnswerLater() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "LaterInline", ""));
    assertThat(client.received()).isEmpty();
    later.completeExceptionally(new HubException("never"));
    hub.settle();
    assertThat(client.received())
        .containsExactly(
            completion(
                "0",
                "An unexpected error occurred invoking 'laterInline' on the server. HubException:"
                    + " never"));
  }

  @Test
  void aResultThatCannotBeWrittenFailsTheCallOnly() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "NotANumber", ""), invoke("1", "Add", "1,1"));
    assertThat(client.received())
        .containsExactly(
            completion("0", "An unexpected error occurred invoking 'notANumber' on the server."),
            "{\"type\":3,\"invocationId\":\"1\",\"result\":2}");
  }

  @Test
  void closesWithAnErrorOnAMessageThatIsNone() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends("{\"type\":\"1\"}", invoke("0", "Nothing", ""));
    assertThat(client.received()).containsExactly(GENERIC_CLOSE);
    assertThat(client.closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(calls).containsExactly("connected c1", "disconnected ProtocolException");
    assertThat(hub.registered()).isZero();
  }

  @Test
  void closesOnAMessageOverTheLimitAndNotOnOneOfExactlyTheLimit() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    String frame = "{\"type\":1,\"target\":\"nothing\",\"arguments\":[],\"x\":\"\"}\u001e";
    String padding = "x".repeat(1_024 - frame.length());
    client.sendsBytes(frame.replace("\"x\":\"", "\"x\":\"" + padding).getBytes(UTF_8));
    hub.settle();
    assertThat(client.received()).isEmpty();
    client.sendsBytes(frame.replace("\"x\":\"", "\"x\":\"x" + padding).getBytes(UTF_8));
    hub.settle();
    assertThat(client.received()).containsExactly(GENERIC_CLOSE);
  }

  @Test
  void answersAClientsCloseAndTellsTheHubWhy() {
    HubHarness<ClientProxy>.Client plain = hub.connect();
    plain.sends("{\"type\":7}");
    HubHarness<ClientProxy>.Client failed = hub.connect();
    failed.sends("{\"type\":7,\"error\":\"broken\"}");
    assertThat(plain.received()).containsExactly("{\"type\":7}");
    assertThat(failed.received()).containsExactly("{\"type\":7}");
    assertThat(calls)
        .containsExactly(
            "connected c1", "disconnected null", "connected c2", "disconnected HubException");
  }

  @Test
  void carriesOutWhatAClientAskedForBeforeItLeft() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sendsBytes((invoke("0", "Add", "1,2") + "\u001e").getBytes(UTF_8));
    client.vanishes();
    assertThat(calls).containsExactly("connected c1", "add", "disconnected null");
    assertThat(hub.registered()).isZero();
  }

  @Test
  void theHubCanAbortItsCaller() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "AbortMe", ""));
    assertThat(client.received()).contains("{\"type\":7}");
    assertThat(client.closeReason()).isEqualTo(CloseReason.ABORTED);
    assertThat(calls).endsWith("disconnected null");
  }

  @Test
  void tellsWhoWaitsForTheEndOfAConnectionWithoutBlockingTheLane() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "WatchMe", ""));
    assertThat(calls).doesNotContain("over");
    client.vanishes();
    assertThat(calls).contains("over");
  }

  @Test
  void aHubThatFailsToGreetLosesTheClientAndHearsNoMore() {
    HubHarness<ClientProxy> failing = new HubHarness<>(FailingHub::new);
    HubHarness<ClientProxy>.Client client = failing.open();
    client.sends("{\"protocol\":\"json\",\"version\":1}", invoke("0", "Nothing", ""));
    assertThat(client.received())
        .containsExactly("{}", "{\"type\":7,\"error\":\"Connection closed with an error.\"}");
    assertThat(failing.registered()).isZero();
  }

  @Test
  void pingsAndGivesUpASilentClient() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends("{\"type\":6}");
    hub.advance(Duration.ofSeconds(15), client);
    assertThat(client.received()).containsExactly("{\"type\":6}");
    hub.advance(Duration.ofSeconds(30), client);
    assertThat(client.received()).endsWith(GENERIC_CLOSE);
    assertThat(client.closeReason()).isEqualTo(CloseReason.CLIENT_TIMEOUT);
    assertThat(calls).endsWith("disconnected ClientTimeoutException");
  }

  @Test
  void stopsReadingWhileTooMuchWaitsAndGoesOnWhenHalfIsDone() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    String call = invoke("0", "Nothing", "");
    String many = (call + "\u001e").repeat(2_049 / (call.length() + 1) + 1);
    client.sendsBytes(many.getBytes(UTF_8));
    assertThat(client.isPaused()).isTrue();
    hub.settle();
    assertThat(client.isPaused()).isFalse();
  }

  @Test
  void saysGoodbyeWhenTheServerStops() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.close(CloseReason.SERVER_SHUTDOWN);
    hub.settle();
    assertThat(client.received()).containsExactly("{\"type\":7,\"allowReconnect\":true}");
    assertThat(calls).endsWith("disconnected null");
  }

  private static String invoke(String id, String target, String arguments) {
    return "{\"type\":1,\"invocationId\":\"%s\",\"target\":\"%s\",\"arguments\":[%s]}"
        .formatted(id, target, arguments);
  }

  private static String completion(String id, String error) {
    return "{\"type\":3,\"invocationId\":\"%s\",\"error\":\"%s\"}".formatted(id, error);
  }

  /** What the tests call. */
  public class TestHub extends Hub<ClientProxy> {
    @Override
    public void onConnected() {
      calls.add("connected " + context().connectionId());
    }

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      calls.add("disconnected " + (error == null ? null : error.getClass().getSimpleName()));
    }

    public int add(int a, int b) {
      calls.add("add");
      return a + b;
    }

    public void nothing() {
      calls.add("nothing");
    }

    @Inline
    public void quick() {
      calls.add("quick");
    }

    @HubMethod("renamed")
    public String declaredName() {
      return "renamed";
    }

    @Authorize(roles = "admin")
    public String adminOnly() {
      return "ok";
    }

    public void fail(String message) {
      throw new IllegalStateException(message);
    }

    public void failForClient(String message) {
      throw new HubException(message);
    }

    public CompletionStage<String> later() {
      return later;
    }

    @Inline
    public CompletionStage<String> laterInline() {
      return later;
    }

    public double notANumber() {
      return Double.NaN;
    }

    public void watchMe() {
      var unused = context().aborted().thenRun(() -> calls.add("over"));
    }

    public void abortMe() {
      context().abort();
    }
  }

  /** A hub that lets nobody in. */
  public static class FailingHub extends Hub<ClientProxy> {
    @Override
    public void onConnected() {
      throw new IllegalStateException("nobody may enter");
    }

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      throw new AssertionError("nobody was let in");
    }

    public void nothing() {
      throw new AssertionError("nobody was let in");
    }
  }
}
