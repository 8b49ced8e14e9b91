package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.ClientAnswer;
import dev.hubwire.hub.ClientAnswers;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.ClientResult;
import dev.hubwire.hub.HubException;
import dev.hubwire.testing.ManualCancellation;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.testing.ManualTimer;
import dev.hubwire.testing.TextProtocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientCallsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RecordingBackplane backplane = new RecordingBackplane();
  private final ManualTimer timer = new ManualTimer();
  private final Lanes lanes = new Lanes();
  private final BackplaneHubContext<ClientProxy> context =
      new BackplaneHubContext<>(
          ClientInterface.of(ClientProxy.class),
          backplane,
          new Waiting(Runnable::run, timer, lanes));
  private final ClientProxy client = context.clients().client("a");
  private final ClientProxy all = context.clients().all();

  @AfterEach
  void nothingStaysPlanned() {
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void givesUpWhenTheFutureIsCompletedFromOutside() {
    CompletableFuture<String> answer =
        client.invoke("m", ClientResult.of(String.class).within(SECOND));
    answer.complete("never mind");
    assertThat(backplane.asked.getFirst().result()).isCancelled();
  }

  @Test
  void givesUpWhenItIsCancelled() {
    ManualCancellation cancellation = new ManualCancellation();
    ClientResult<String> wanted = ClientResult.of(String.class).until(cancellation).within(SECOND);
    CompletableFuture<String> answered = client.invoke("m", wanted);
    backplane.asked.getFirst().result().complete("a");
    assertThat(answered).isCompletedWithValue("a");
    assertThat(cancellation.waiting()).isZero();
    CompletableFuture<String> cancelled = client.invoke("m", wanted);
    cancellation.cancel();
    assertCanceled(cancelled);
    assertCanceled(client.invoke("m", wanted));
  }

  @Test
  void waitsOnNoLane() {
    ManualLane lane = new ManualLane();
    lanes.add(lane);
    lane.call(
        () ->
            assertThatThrownBy(() -> client.invokeAndWait("m", String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("'m' would wait for its client on an IO thread"));
    assertThat(backplane.asked).isEmpty();
  }

  @Test
  void givesUpWhenTheWaitingThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> client.invokeAndWait("m", ClientResult.of(String.class).within(SECOND)))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(backplane.asked.getFirst().result()).isCancelled();
  }

  @Test
  void tellsWhichMethodHadAnArgumentThatCannotBeWritten() {
    assertThatThrownBy(() -> client.invoke("m", String.class, TextProtocol.UNWRITABLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an argument of 'm' cannot be written: unwritable");
    assertThatThrownBy(() -> client.invokeAndWait("m", String.class, TextProtocol.UNWRITABLE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void complainsAboutResultsThatCannotBe() {
    assertThatThrownBy(() -> ClientResult.of(Void.class))
        .hasMessage("type: void (expected: a type; what is not answered is sent)");
    assertThatThrownBy(() -> ClientResult.of(String.class).within(Duration.ZERO))
        .hasMessage("timeout: PT0S (expected: > 0)");
    assertThatThrownBy(() -> all.gather("m", ClientResult.of(String.class)))
        .hasMessage("result: without a time limit (expected: ClientResult.within(...))");
  }

  @Test
  void gathersOneAnswerOfEachInTheOrderTheyCome() {
    backplane.connected.addAll(Set.of("a", "b", "c"));
    ClientAnswers<Integer> answers = all.gather("m", Integer.class, SECOND, "q");
    assertThat(backplane.asked)
        .extracting(RecordingBackplane.Asked::connectionId)
        .containsExactly("a", "b", "c");
    HubException failure = new HubException("no idea");
    backplane.asked.get(1).result().completeExceptionally(failure);
    backplane.asked.get(2).result().complete(3);
    Iterator<ClientAnswer<Integer>> first = answers.iterator();
    assertThat(first.next()).isEqualTo(new ClientAnswer.Failure<>("b", failure));
    assertThat(first.next()).isEqualTo(new ClientAnswer.Result<>("c", 3));
    timer.advance(SECOND);
    assertThat(first.next())
        .isInstanceOfSatisfying(
            ClientAnswer.Failure.class,
            silent -> assertThat(silent.cause()).hasMessage("Invocation canceled by the server."));
    assertThat(first).isExhausted();
    assertThat(backplane.asked.getFirst().result()).isCancelled();
  }

  @Test
  void asksThoseThatAreNamedWhereverTheyAre() {
    ClientAnswers<Integer> answers =
        context.clients().clients(Set.of("elsewhere")).gather("m", Integer.class, SECOND);
    backplane.asked.getFirst().result().complete(1);
    assertThat(answers).containsExactly(new ClientAnswer.Result<>("elsewhere", 1));
  }

  @Test
  void endsAtOnceIfThereIsNobodyToAsk() {
    assertThat(all.gather("m", Integer.class, SECOND)).isEmpty();
  }

  @Test
  void givesUpThoseWhoAreOpenWhenItIsClosed() {
    backplane.connected.addAll(Set.of("a", "b"));
    ClientAnswers<Integer> answers = all.gather("m", Integer.class, SECOND);
    backplane.asked.getFirst().result().complete(1);
    answers.close();
    assertThat(backplane.asked.getLast().result()).isCancelled();
    assertThat(answers.iterator()).isExhausted();
  }

  @Test
  void hasOneReader() {
    ClientAnswers<Integer> answers = all.gather("m", Integer.class, SECOND);
    assertThat(answers.stream()).isEmpty();
    assertThatThrownBy(answers::iterator).isInstanceOf(IllegalStateException.class);
    Signals signals = new Signals(1);
    answers.subscribe(signals);
    assertThat(signals.seen)
        .hasToString(
            "[java.lang.IllegalStateException: %s]"
                .formatted("the answers are being read already (expected: once)"));
  }

  @Test
  void publishesAnswersAsTheyAreAskedFor() {
    backplane.connected.addAll(Set.of("a", "b"));
    backplane.answer = 1;
    Signals signals = new Signals(Long.MAX_VALUE);
    all.<Integer>gather("m", Integer.class, SECOND).subscribe(signals);
    assertThat(signals.seen)
        .containsExactly(
            new ClientAnswer.Result<>("a", 1), new ClientAnswer.Result<>("b", 1), "complete");
  }

  @Test
  void failsIfItCannotKnowWhomToAsk() {
    CompletableFuture<Set<String>> unknown =
        CompletableFuture.failedFuture(new IllegalStateException("by design"));
    backplane.connectionIds = unknown;
    ClientAnswers<Integer> answers =
        context.clients().group("g").gather("m", Integer.class, SECOND);
    assertThatThrownBy(() -> answers.iterator().hasNext()).hasRootCauseMessage("by design");
    assertThat(backplane.addresses).containsExactly(new Address.Group("g", Set.of()));
  }

  private static void assertCanceled(CompletableFuture<?> answer) {
    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(HubException.class)
        .withMessage("Invocation canceled by the server.");
  }

  /** Asks for so many at once, and keeps what it is told. */
  private static final class Signals implements Flow.Subscriber<Object> {
    final List<Object> seen = new ArrayList<>();
    private final long demand;

    Signals(long demand) {
      this.demand = demand;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(demand);
    }

    @Override
    public void onNext(Object item) {
      seen.add(item);
    }

    @Override
    public void onError(Throwable failure) {
      seen.add(failure);
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }
}
