package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.cancel;
import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch forever = new CountDownLatch(1);
  private final HubHarness<ClientProxy> hub =
      HubHarness.withThreads(CancelHub::new, settings -> settings);
  private final HubHarness<ClientProxy>.Client client = hub.connect();

  @Test
  void tellsARunningMethodThatItsClientWantsNoAnswer() throws InterruptedException {
    client.sends(invoke("0", "Watch", "1"));
    awaitBegun();
    client.sends(cancel("0"), cancel("0"), cancel("unknown"));
    assertThat(client.awaits(1)).containsExactly(result("0", 2));
  }

  @Test
  void answersWithTheUsualErrorIfTheMethodGivesUp() throws InterruptedException {
    client.sends(invoke("0", "Throw", ""));
    awaitBegun();
    client.sends(cancel("0"));
    assertThat(client.awaits(1))
        .containsExactly(
            error("0", "An unexpected error occurred invoking 'throw' on the server."));
  }

  @Test
  void interruptsAMethodThatAskedForIt() throws InterruptedException {
    client.sends(invoke("0", "Sleep", ""), invoke("1", "IsInterrupted", ""));
    awaitBegun();
    client.sends(cancel("0"));
    assertThat(client.awaits(2))
        .containsExactly(
            error("0", "An unexpected error occurred invoking 'sleep' on the server."),
            result("1", false));
  }

  @Test
  void cancelsACallThatStillWaitsForItsTurn() throws InterruptedException {
    client.sends(invoke("0", "Watch", "1"), invoke("1", "IsCancelled", ""));
    awaitBegun();
    client.sends(cancel("1"), cancel("0"));
    assertThat(client.awaits(2)).containsExactly(result("0", 2), result("1", true));
  }

  @Test
  void refusesAnIdInUseAndLeavesTheFirstAsItWas() throws InterruptedException {
    client.sends(invoke("0", "Watch", "1"), invoke("0", "IsCancelled", ""));
    awaitBegun();
    assertThat(client.awaits(1))
        .containsExactly(error("0", "Invocation ID '0' is already in use."));
    client.sends(cancel("0"));
    assertThat(client.awaits(2)).endsWith(result("0", 2));
  }

  @Test
  void cancelsACallThatWantsNoAnswerWhenTheConnectionEnds() throws InterruptedException {
    client.sends("{\"type\":1,\"target\":\"Watch\",\"arguments\":[1]}");
    awaitBegun();
    client.vanishes();
    assertThat(cancelled.await(10, TimeUnit.SECONDS)).as("cancelled").isTrue();
  }

  @Test
  void forgetsWhatACallWaitedForOnceItHasEnded() {
    client.sends(invoke("0", "Register", ""));
    assertThat(client.awaits(1)).containsExactly(result("0", "null"));
    client.sends(cancel("0"), invoke("1", "IsCancelled", ""));
    assertThat(client.awaits(2)).endsWith(result("1", false));
    assertThat(cancelled.getCount()).isOne();
  }

  @Test
  void takesAPlaceAmongTheParametersButNotAmongTheArguments() {
    client.sends(invoke("0", "Between", "\"a\",\"b\""));
    assertThat(client.awaits(1)).containsExactly(result("0", "\"ab\""));
  }

  @Test
  void aCancelledMethodCanStillTellItsClientWhy() throws InterruptedException {
    client.sends(invoke("0", "TellWhy", ""));
    awaitBegun();
    client.sends(cancel("0"));
    assertThat(client.awaits(1))
        .containsExactly(
            error(
                "0",
                "An unexpected error occurred invoking 'tellWhy' on the server."
                    + " HubException: stopped"));
  }

  @Test
  void everyParameterThatAsksForItIsTold() throws InterruptedException {
    client.sends(invoke("0", "Both", "7"));
    awaitBegun();
    client.sends(cancel("0"));
    assertThat(client.awaits(1)).containsExactly(result("0", 7));
  }

  @Test
  void idsAreComparedExactly() throws InterruptedException {
    client.sends(invoke("a", "Watch", "1"), cancel("A"), invoke("A", "IsCancelled", ""));
    awaitBegun();
    client.sends(cancel("a"));
    assertThat(client.awaits(2)).containsExactly(result("a", 2), result("A", false));
  }

  @Test
  void aMethodThatDoesNotAskForItIsNotCancelled() throws InterruptedException {
    client.sends(invoke("0", "Deaf", ""));
    awaitBegun();
    client.sends(cancel("0"), "{\"type\":6}");
    forever.countDown();
    assertThat(client.awaits(1)).containsExactly(result("0", false));
    assertThat(client.closeReason()).isNull();
  }

  @Test
  void cancelsACallWithAnIdWhenTheConnectionEnds() throws InterruptedException {
    client.sends(invoke("0", "Watch", "1"));
    awaitBegun();
    client.vanishes();
    assertThat(cancelled.await(10, TimeUnit.SECONDS)).as("cancelled").isTrue();
  }

  private void awaitBegun() throws InterruptedException {
    assertThat(begun.await(10, TimeUnit.SECONDS)).as("begun").isTrue();
  }

  /** What the tests call. */
  public final class CancelHub extends Hub<ClientProxy> {
    public CompletionStage<Integer> watch(int value, Cancellation cancellation) {
      CompletableFuture<Integer> result = new CompletableFuture<>();
      cancellation.onCancel(
          () -> {
            cancelled.countDown();
            result.complete(value + 1);
          });
      begun.countDown();
      return result;
    }

    @HubMethod("throw")
    public void giveUp(Cancellation cancellation) throws InterruptedException {
      cancellation.onCancel(cancelled::countDown);
      begun.countDown();
      cancelled.await();
      cancellation.throwIfCancelled();
    }

    public void tellWhy(Cancellation cancellation) throws InterruptedException {
      cancellation.onCancel(cancelled::countDown);
      begun.countDown();
      cancelled.await();
      throw new HubException("stopped");
    }

    public int both(Cancellation first, int value, Cancellation last) throws InterruptedException {
      CountDownLatch told = new CountDownLatch(2);
      first.onCancel(told::countDown);
      last.onCancel(told::countDown);
      begun.countDown();
      told.await();
      return value;
    }

    public boolean deaf() throws InterruptedException {
      begun.countDown();
      forever.await();
      return Thread.currentThread().isInterrupted();
    }

    public void sleep(Cancellation cancellation) throws InterruptedException {
      cancellation.interruptOnCancel();
      begun.countDown();
      forever.await();
    }

    public boolean isInterrupted() {
      return Thread.currentThread().isInterrupted();
    }

    public boolean isCancelled(Cancellation cancellation) {
      return cancellation.isCancelled();
    }

    public void register(Cancellation cancellation) {
      cancellation.onCancel(cancelled::countDown);
      cancellation.onCancel(cancelled::countDown).close();
    }

    public String between(String a, Cancellation cancellation, String b) {
      return cancellation.isCancelled() ? "" : a + b;
    }
  }
}
