package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.cancel;
import static dev.hubwire.dispatch.Wire.end;
import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.item;
import static dev.hubwire.dispatch.Wire.result;
import static dev.hubwire.dispatch.Wire.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.CallLimits;
import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.Inline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final String LATE = " HubException: The method took longer than 200 ms.";
  private static final String BUSY =
      " HubException: The method already runs 1 time(s), the most it may at a time.";
  private static final String OFTEN =
      " HubException: The method may be called 2 time(s) a second by one connection.";

  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void refusesCallsPastTheRateOfAConnectionUntilTimeHasPassed() {
    HubHarness<ClientProxy> hub = new HubHarness<>(LimitedHub::new);
    HubHarness<ClientProxy>.Client client = hub.connect();
    HubHarness<ClientProxy>.Client other = hub.connect();
    client.sends(invoke("0", "Often", ""), invoke("1", "Often", ""), invoke("2", "Often", ""));
    other.sends(invoke("0", "Often", ""));
    assertThat(client.received())
        .containsExactlyInAnyOrder(
            result("0", 1), result("1", 1), error("2", failed("often") + OFTEN));
    assertThat(other.received()).containsExactly(result("0", 1));

    hub.advance(Duration.ofMillis(499), client);
    client.sends(invoke("3", "Often", ""));
    hub.advance(Duration.ofMillis(1), client);
    client.sends(invoke("4", "Often", ""), invoke("5", "Often", ""));
    assertThat(client.received())
        .contains(error("3", failed("often") + OFTEN), result("4", 1))
        .contains(error("5", failed("often") + OFTEN));
  }

  @Test
  void savesUpOneSecondAndNoMore() {
    TokenBucket bucket = new TokenBucket(2, Long.MAX_VALUE - 1);
    long later = Long.MAX_VALUE + Duration.ofSeconds(10).toNanos();
    assertThat(bucket.take(later)).isTrue();
    assertThat(bucket.take(later)).isTrue();
    assertThat(bucket.take(later)).isFalse();
  }

  @Test
  void refusesAMessageThatIsTooLongForItsMethod() {
    HubHarness<ClientProxy>.Client client = new HubHarness<>(LimitedHub::new).connect();
    String fits = invoke("0", "Small", "\"a\"");
    String tooLong = invoke("1", "Small", "\"" + "a".repeat(50) + "\"");
    client.sends(fits, tooLong);
    assertThat(client.received())
        .containsExactlyInAnyOrder(
            result("0", 1),
            error(
                "1",
                failed("small")
                    + " HubException: The call has "
                    + (tooLong.length() + 1)
                    + " bytes, and may have 100."));
  }

  @Test
  void runsOnlySoManyCallsOfAMethodAtATimeWhoeverMakesThem() throws InterruptedException {
    HubHarness<ClientProxy> hub = threaded();
    HubHarness<ClientProxy>.Client client = hub.connect();
    HubHarness<ClientProxy>.Client other = hub.connect();
    client.sends(invoke("0", "One", ""));
    awaitBegun();
    other.sends(invoke("0", "One", ""));
    assertThat(other.awaits(1)).containsExactly(error("0", failed("one") + BUSY));
    release.countDown();
    assertThat(client.awaits(1)).containsExactly(result("0", 1));
    client.sends(invoke("1", "One", ""));
    assertThat(client.awaits(2)).endsWith(result("1", 1));
  }

  @Test
  void countsAStreamUntilItHasEnded() {
    HubHarness<ClientProxy> hub = threaded();
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "Items", ""));
    client.awaits(1);
    client.sends(stream("1", "Items", ""));
    assertThat(client.awaits(2)).endsWith(error("1", failed("items") + BUSY));
    client.sends(cancel("0"));
    int records = 3;
    while (!client.awaits(records).contains(end("0"))) {
      records++;
    }
    assertThat(client.received()).startsWith(item("0", 1));
  }

  @Test
  void answersInPlaceOfALateMethodAndCancelsIt() throws InterruptedException {
    HubHarness<ClientProxy> hub = threaded();
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Slow", ""), invoke("1", "Often", ""));
    awaitBegun();
    hub.advance(TIMEOUT, client);
    assertThat(client.awaits(2)).containsExactly(error("0", failed("slow") + LATE), result("1", 1));
  }

  @Test
  void interruptsALateMethodThatHasItInItsLimits() throws InterruptedException {
    HubHarness<ClientProxy> hub = threaded();
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Sleepy", ""), invoke("1", "IsInterrupted", ""));
    awaitBegun();
    hub.advance(TIMEOUT, client);
    assertThat(client.awaits(2))
        .containsExactly(error("0", failed("sleepy") + LATE), result("1", false));
  }

  @Test
  void waitsNoLongerForALateStage() throws InterruptedException {
    HubHarness<ClientProxy> hub = threaded();
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Never", ""), invoke("1", "IsInterrupted", ""));
    awaitBegun();
    hub.advance(TIMEOUT, client);
    assertThat(client.awaits(2))
        .containsExactly(error("0", failed("never") + LATE), result("1", false));
  }

  @Test
  void stopsTheClockOfAMethodThatIsInTime() {
    HubHarness<ClientProxy> hub = new HubHarness<>(LimitedHub::new);
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Quick", ""));
    assertThat(hub.timers()).isZero();
    hub.advance(TIMEOUT, client);
    assertThat(client.received()).containsExactly(result("0", 1));
  }

  @Test
  void keepsTheLimitsOfAnOverriddenMethod() {
    HubMethodTable table = HubMethodTable.of(OverridingHub.class, HubExtensions.NONE, false);
    assertThat(table.methods()).singleElement().matches(HubMethodDescriptor::hasTimeout);
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    assertThatThrownBy(() -> HubMethodTable.of(NegativeHub.class, HubExtensions.NONE, false))
        .hasMessage("@CallLimits of NegativeHub.call(): parallel: -1 (expected: 0 to 2147483647)");
    assertThatThrownBy(() -> HubMethodTable.of(StreamHub.class, HubExtensions.NONE, false))
        .hasMessage(
            "@CallLimits of StreamHub.call(): timeoutMillis: 5 (expected: 0, for a stream takes as"
                + " long as its client reads)");
    assertThatThrownBy(() -> HubMethodTable.of(TimelessHub.class, HubExtensions.NONE, false))
        .hasMessage(
            "@CallLimits of TimelessHub.call(): interrupt: true (expected: false, or a"
                + " timeoutMillis)");
  }

  private HubHarness<ClientProxy> threaded() {
    return HubHarness.withThreads(LimitedHub::new, settings -> settings);
  }

  private void awaitBegun() throws InterruptedException {
    assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).as("begun").isTrue();
  }

  private static String failed(String method) {
    return "An unexpected error occurred invoking '" + method + "' on the server.";
  }

  /** What the tests call. */
  public final class LimitedHub extends Hub<ClientProxy> {
    @CallLimits(ratePerSecond = 2)
    public int often() {
      return 1;
    }

    @CallLimits(maxBytes = 100)
    public int small(String text) {
      return text.length();
    }

    @CallLimits(parallel = 1)
    public int one() throws InterruptedException {
      begun.release();
      release.await();
      return 1;
    }

    @CallLimits(parallel = 1)
    public Stream<Integer> items() {
      return Stream.iterate(1, before -> waitForever());
    }

    @CallLimits(timeoutMillis = 200)
    public int slow(Cancellation cancellation) throws InterruptedException {
      CountDownLatch cancelled = new CountDownLatch(1);
      cancellation.onCancel(cancelled::countDown);
      begun.release();
      cancelled.await();
      return 1;
    }

    @CallLimits(timeoutMillis = 200, interrupt = true)
    public void sleepy() throws InterruptedException {
      begun.release();
      release.await();
    }

    @CallLimits(timeoutMillis = 200)
    public CompletionStage<Integer> never() {
      begun.release();
      return new CompletableFuture<>();
    }

    @Inline
    @CallLimits(timeoutMillis = 200)
    public int quick() {
      return 1;
    }

    public boolean isInterrupted() {
      return Thread.currentThread().isInterrupted();
    }

    private int waitForever() {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return 2;
    }
  }

  /** Has limits. */
  public static class TimedHub extends Hub<ClientProxy> {
    @CallLimits(timeoutMillis = 5)
    public void call() {}
  }

  /** Has those of the method it overrides. */
  public static final class OverridingHub extends TimedHub {
    @Override
    public void call() {}
  }

  /** Less than nothing. */
  public static final class NegativeHub extends Hub<ClientProxy> {
    @CallLimits(parallel = -1)
    public void call() {}
  }

  /** A stream in a hurry. */
  public static final class StreamHub extends Hub<ClientProxy> {
    @CallLimits(timeoutMillis = 5)
    public Stream<String> call() {
      return Stream.empty();
    }
  }

  /** An interrupt at no time. */
  public static final class TimelessHub extends Hub<ClientProxy> {
    @CallLimits(interrupt = true)
    public void call() {}
  }
}
