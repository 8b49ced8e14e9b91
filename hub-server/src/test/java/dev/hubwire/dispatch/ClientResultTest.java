package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.cancel;
import static dev.hubwire.dispatch.Wire.end;
import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientAnswer;
import dev.hubwire.hub.ClientAnswers;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.ClientResult;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.Inline;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientResultTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final HubHarness<ClientProxy> hub =
      HubHarness.withThreads(AskingHub::new, HubHarness::detailed);
  private final HubHarness<ClientProxy>.Client client = hub.connect();

  @Test
  void asksTheCallerAndGoesOnWithTheAnswer() {
    client.sends(invoke("0", "Ask", "\"why\""));
    assertThat(client.awaits(1)).containsExactly(question("s1", "why"));
    client.sends(result("s1", "\"because\""));
    assertThat(client.awaits(2)).last().isEqualTo(result("0", "\"because\""));
    client.sends(invoke("1", "Ask", "\"really\""));
    assertThat(client.awaits(3)).last().isEqualTo(question("s2", "really"));
    client.sends(result("s2", "null"));
    assertThat(client.awaits(4)).last().isEqualTo(result("1", "null"));
    assertThat(hub.unanswered()).isZero();
  }

  @Test
  void passesTheClientsErrorOn() {
    askAndAnswer("Ask", error("s1", "no idea"));
    assertFailed("ask", "HubException: no idea");
  }

  @Test
  void failsOnAnAnswerOfAnotherType() {
    askAndAnswer("AskNumber", result("s1", "\"many\""));
    assertFailed("askNumber", "HubException: Error trying to deserialize result.");
  }

  @Test
  void failsOnAnAnswerThatSaysNothing() {
    askAndAnswer("Ask", end("s1"));
    assertFailed(
        "ask",
        "HubException: Exception of type 'Microsoft.AspNetCore.SignalR.HubException' was thrown.");
  }

  @Test
  void failsWhenThereIsNoSuchConnection() {
    client.sends(invoke("0", "AskOf", "\"1234\",\"q\""));
    client.awaits(1);
    assertFailed("askOf", "ClientUnreachableException: Connection '1234' does not exist.");
  }

  @Test
  void failsWhenTheClientLeaves() {
    HubHarness<ClientProxy>.Client other = hub.connect();
    client.sends(invoke("0", "AskOf", "\"c2\",\"q\""));
    other.awaits(1);
    other.vanishes();
    client.awaits(1);
    assertFailed("askOf", "ClientUnreachableException: Connection 'c2' disconnected.");
  }

  @Test
  void closesAnotherConnectionThatAnswers() {
    HubHarness<ClientProxy>.Client other = hub.connect();
    client.sends(invoke("0", "Ask", "\"q\""));
    client.awaits(1);
    other.sends(result("s1", "\"mine\""));
    assertThat(other.received())
        .containsExactly(
            "{\"type\":7,\"error\":\"Connection closed with an error. InvalidOperationException:"
                + " Connection ID 'c2' is not valid for invocation ID 's1'.\","
                + "\"allowReconnect\":true}");
    client.sends(result("s1", "\"a\""));
    assertThat(client.awaits(2)).last().isEqualTo(result("0", "\"a\""));
  }

  @Test
  void ignoresAnswersThatNobodyWaitsFor() {
    askAndAnswer("Ask", result("s1", "\"a\""));
    client.sends(result("s1", "\"again\""), result("s9", "{}"), error("s9", "no"), end("s9"));
    client.sends(invoke("1", "Echo", "\"still here\""));
    assertThat(client.awaits(3)).last().isEqualTo(result("1", "\"still here\""));
  }

  @Test
  void givesUpWhenTimeRunsOut() {
    client.sends(invoke("0", "AskWithin", "5000"));
    client.awaits(1);
    hub.awaitUnanswered(2);
    hub.pass(Duration.ofMillis(4_999));
    assertThat(hub.unanswered()).isEqualTo(2);
    hub.pass(Duration.ofMillis(1));
    client.awaits(2);
    assertFailed("askWithin", "HubException: Invocation canceled by the server.");
    client.sends(result("s1", "\"late\""), invoke("1", "Echo", "\"still here\""));
    assertThat(client.awaits(3)).last().isEqualTo(result("1", "\"still here\""));
  }

  @Test
  void forgetsTheTimeWhenTheAnswerIsThere() {
    client.sends(invoke("0", "AskWithin", "5000"));
    client.awaits(1);
    hub.awaitUnanswered(2);
    client.sends(result("s1", "\"a\""));
    assertThat(client.awaits(2)).last().isEqualTo(result("0", "\"a\""));
    assertThat(hub.unanswered()).isZero();
  }

  @Test
  void givesUpWhenTheCallIsCancelled() {
    client.sends(invoke("0", "AskUntil", "\"q\""));
    client.awaits(1);
    client.sends(cancel("0"));
    client.awaits(2);
    assertFailed("askUntil", "HubException: Invocation canceled by the server.");
  }

  @Test
  void runsOtherCallsOfTheConnectionMeanwhile() {
    client.sends(invoke("0", "Ask", "\"q\""));
    client.awaits(1);
    client.sends(invoke("1", "Echo", "\"meanwhile\""));
    assertThat(client.awaits(2)).last().isEqualTo(result("1", "\"meanwhile\""));
    client.sends(result("s1", "\"a\""));
    assertThat(client.awaits(3)).last().isEqualTo(result("0", "\"a\""));
  }

  @Test
  void readsAnswersBehindMoreCallsThanMayWait() {
    int calls = 60;
    for (int i = 0; i < calls; i++) {
      client.sends(invoke("" + i, "Ask", "\"q\""));
    }
    client.awaits(calls);
    client.sends(
        IntStream.rangeClosed(1, calls)
            .mapToObj(i -> result("s" + i, "\"a\""))
            .toArray(String[]::new));
    assertThat(client.awaits(2 * calls).subList(calls, 2 * calls))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, calls).mapToObj(i -> result("" + i, "\"a\"")).toList());
  }

  @Test
  void asksOneClientOnly() {
    client.sends(invoke("0", "AskAll", ""));
    client.awaits(1);
    assertFailed("askAll", "IllegalStateException: InvokeAsync only works with Single clients.");
  }

  @Test
  void neverWaitsOnAnIoThread() {
    client.sends(invoke("0", "AskInline", "\"q\""));
    assertThat(client.awaits(1).getFirst()).contains("would wait for its client on an IO thread");
    client.sends(invoke("1", "AskInlineLater", "\"q\""));
    assertThat(client.awaits(2)).last().isEqualTo(question("s1", "q"));
    client.sends(result("s1", "\"a\""));
    assertThat(client.awaits(3)).last().isEqualTo(result("1", "\"a\""));
  }

  @Test
  void asksNobodyWhileTheHubGreetsAClient() {
    HubHarness<ClientProxy> greeting =
        HubHarness.withThreads(GreetingHub::new, HubHarness::detailed);
    assertThat(greeting.connect().awaits(1))
        .containsExactly(
            "{\"type\":7,\"error\":\"Connection closed with an error. IllegalStateException: Client"
                + " results inside OnConnectedAsync Hub methods are not allowed.\"}");
  }

  @Test
  void cannotAskAClientThatIsGone() {
    CompletableFuture<String> told = new CompletableFuture<>();
    HubHarness<ClientProxy> parting =
        HubHarness.withThreads(() -> new PartingHub(told), settings -> settings);
    parting.connect().vanishes();
    assertThat(told).succeedsWithin(SOON).isEqualTo("Connection 'c1' disconnected.");
  }

  @Test
  void asksFromOutsideAnyHub() {
    CompletableFuture<String> answer =
        hub.context().clients().client("c1").invoke("answer", String.class, "q");
    hub.settle();
    assertThat(client.received()).containsExactly(question("s1", "q"));
    client.sends(result("s1", "\"a\""));
    assertThat(answer).succeedsWithin(SOON).isEqualTo("a");
  }

  @Test
  void forgetsACallWhoseFutureIsCancelled() {
    CompletableFuture<String> answer =
        hub.context().clients().client("c1").invoke("answer", String.class, "q");
    assertThat(hub.unanswered()).isEqualTo(1);
    answer.cancel(true);
    assertThat(hub.unanswered()).isZero();
  }

  @Test
  void gathersTheAnswersOfAllUntilTimeRunsOut() {
    HubHarness<ClientProxy>.Client failing = hub.connect();
    HubHarness<ClientProxy>.Client silent = hub.connect();
    try (ClientAnswers<String> answers =
        hub.context().clients().all().gather("answer", String.class, SOON, "q")) {
      for (var asked : List.of(client, failing, silent)) {
        asked.awaits(1);
      }
      client.sends(result(idOf(client), "\"a\""));
      failing.sends(error(idOf(failing), "no idea"));
      Iterator<ClientAnswer<String>> first = answers.iterator();
      assertThat(List.of(text(first.next()), text(first.next())))
          .containsExactlyInAnyOrder("c1: a", "c2: no idea");
      hub.pass(SOON);
      assertThat(text(first.next())).isEqualTo("c3: Invocation canceled by the server.");
      assertThat(first).isExhausted();
    }
    assertThat(hub.unanswered()).isZero();
  }

  private void askAndAnswer(String method, String answer) {
    client.sends(invoke("0", method, "\"q\""));
    client.awaits(1);
    client.sends(answer);
    client.awaits(2);
  }

  private void assertFailed(String method, String detail) {
    assertThat(client.received())
        .last()
        .isEqualTo(
            error(
                "0",
                "An unexpected error occurred invoking '%s' on the server. %s"
                    .formatted(method, detail)));
    assertThat(hub.unanswered()).isZero();
  }

  private static String question(String id, String text) {
    return "{\"type\":1,\"invocationId\":\"%s\",\"target\":\"answer\",\"arguments\":[\"%s\"]}"
        .formatted(id, text);
  }

  private static String idOf(HubHarness<ClientProxy>.Client asked) {
    return asked.received().getLast().replaceAll(".*\"invocationId\":\"([^\"]*)\".*", "$1");
  }

  private static String text(ClientAnswer<String> answer) {
    return switch (answer) {
      case ClientAnswer.Result<String> result -> result.connectionId() + ": " + result.value();
      case ClientAnswer.Failure<String> failure ->
          failure.connectionId() + ": " + failure.cause().getMessage();
    };
  }

  static final class AskingHub extends Hub<ClientProxy> {
    public String ask(String question) {
      return clients().caller().invokeAndWait("answer", String.class, question);
    }

    public int askNumber(String question) {
      return clients().caller().invokeAndWait("answer", Integer.class, question);
    }

    public String askOf(String connectionId, String question) {
      return clients().client(connectionId).invokeAndWait("answer", String.class, question);
    }

    public String askWithin(int millis) {
      ClientResult<String> soon = ClientResult.of(String.class).within(Duration.ofMillis(millis));
      return clients().caller().invokeAndWait("answer", soon, "q");
    }

    public String askUntil(String question, Cancellation cancellation) {
      ClientResult<String> wanted = ClientResult.of(String.class).until(cancellation);
      return clients().caller().invokeAndWait("answer", wanted, question);
    }

    public String askAll() {
      return clients().all().invokeAndWait("answer", String.class, "q");
    }

    @Inline
    public String askInline(String question) {
      return ask(question);
    }

    @Inline
    public CompletionStage<String> askInlineLater(String question) {
      return clients().caller().invoke("answer", String.class, question);
    }

    public String echo(String value) {
      return value;
    }
  }

  static final class GreetingHub extends Hub<ClientProxy> {
    @Override
    public void onConnected() {
      clients().caller().invokeAndWait("answer", String.class, "q");
    }
  }

  static final class PartingHub extends Hub<ClientProxy> {
    private final CompletableFuture<String> told;

    PartingHub(CompletableFuture<String> told) {
      this.told = told;
    }

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      var unused =
          clients()
              .caller()
              .invoke("answer", String.class, "q")
              .whenComplete((answer, failure) -> told.complete(failure.getMessage()));
    }
  }
}
