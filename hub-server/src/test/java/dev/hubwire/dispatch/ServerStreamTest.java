package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.cancel;
import static dev.hubwire.dispatch.Wire.end;
import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.item;
import static dev.hubwire.dispatch.Wire.result;
import static dev.hubwire.dispatch.Wire.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubMethod;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;

class ServerStreamTest {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger produced = new AtomicInteger();
  private final LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
  private final HubHarness<ClientProxy> hub = new HubHarness<>(StreamHub::new);
  private final HubHarness<ClientProxy> threaded =
      HubHarness.withThreads(StreamHub::new, settings -> settings);

  @Test
  void sendsItemsAndThenAnEndWhateverTheMethodReturns() {
    for (String target :
        List.of("Stream", "Numbers", "Iterable", "Iterator", "Publisher", "Reactive", "Later")) {
      HubHarness<ClientProxy>.Client client = hub.connect();
      client.sends(stream("7", target, "3"));
      assertThat(client.received())
          .as(target)
          .containsExactly(item("7", 0), item("7", 1), item("7", 2), end("7"));
    }
  }

  @Test
  void failsTheStreamOfAPublisherThatFails() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "FailingPublisher", ""));
    assertThat(client.received())
        .containsExactly(
            error(
                "0", "An error occurred on the server while streaming results. HubException: no"));
  }

  @Test
  void failsTheStreamWithAnItemThatCannotBeWritten() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "NotANumber", ""), invoke("1", "Plain", ""));
    assertThat(client.received())
        .containsExactly(
            error("0", "An error occurred on the server while streaming results."), result("1", 1));
  }

  @Test
  void failsTheCallIfTheMethodThrowsBeforeItReturnsAStream() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "Throws", ""), stream("1", "LaterFails", ""));
    assertThat(client.received())
        .containsExactly(
            error("0", "An unexpected error occurred invoking 'throws' on the server."),
            error(
                "1",
                "An unexpected error occurred invoking 'laterFails' on the server. HubException:"
                    + " no"));
  }

  @Test
  void refusesNullByTheNameInTheSource() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "no-stream", ""));
    assertThat(client.received())
        .containsExactly(
            error(
                "0",
                "The value returned by the streaming method 'nothing' is not a ChannelReader<> or"
                    + " IAsyncEnumerable<>."));
  }

  @Test
  void runsBesideCallsWithoutTakingTheirSlot() {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.sends(stream("0", "Queue", ""), invoke("1", "Plain", ""));
    assertThat(client.awaits(1)).containsExactly(result("1", 1));
    queue.add(5);
    assertThat(client.awaits(2)).endsWith(item("0", 5));
  }

  @Test
  void refusesAnIdInUseAndLeavesTheFirstAsItWas() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.sends(stream("0", "Queue", ""), stream("0", "Queue", ""));
    assertThat(client.awaits(1))
        .containsExactly(error("0", "Invocation ID '0' is already in use."));
    queue.add(5);
    assertThat(client.awaits(2)).endsWith(item("0", 5));
    client.sends(cancel("0"));
    assertThat(client.awaits(3)).endsWith(end("0"));
    awaitClosed();
  }

  @Test
  void interruptsAndClosesACancelledStreamAndEndsItWithoutAnError() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.sends(stream("0", "Queue", ""));
    queue.add(5);
    client.awaits(1);
    client.sends(cancel("0"), cancel("0"), cancel("unknown"));
    assertThat(client.awaits(2)).containsExactly(item("0", 5), end("0"));
    awaitClosed();
    client.sends(stream("0", "Stream", "1"));
    assertThat(client.awaits(4)).endsWith(item("0", 0), end("0"));
  }

  @Test
  void cancelsTheSubscriptionOfAPublisherThatIsSilent() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.sends(stream("0", "SilentPublisher", ""));
    assertThat(release.await(10, TimeUnit.SECONDS)).as("subscribed").isTrue();
    client.sends(cancel("0"));
    assertThat(client.awaits(1)).containsExactly(end("0"));
    awaitClosed();
  }

  @Test
  void closesAStreamWhoseConnectionIsOver() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.sends(stream("0", "Queue", ""));
    queue.add(5);
    client.awaits(1);
    client.vanishes();
    awaitClosed();
  }

  @Test
  void pullsNothingWhileTheClientTakesNothing() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.congest();
    client.sends(stream("0", "Endless", ""));
    client.awaitWaiter();
    assertThat(produced).hasValue(1);
    client.relieve();
    client.awaits(10);
    client.congest();
    client.sends(cancel("0"));
    awaitClosed();
  }

  @Test
  void endsAStreamWhenThereIsRoomAndFreesItsIdThen() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.congest();
    client.sends(stream("0", "Stream", "0"));
    client.awaitWaiter();
    client.sends(stream("0", "Stream", "0"));
    assertThat(client.awaits(1))
        .containsExactly(error("0", "Invocation ID '0' is already in use."));
    client.relieve();
    assertThat(client.awaits(2)).endsWith(end("0"));
    client.sends(stream("0", "Stream", "0"));
    assertThat(client.awaits(3)).endsWith(end("0"));
  }

  @Test
  void asksAPublisherForNoMoreThanItCanKeep() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    client.congest();
    client.sends(stream("0", "EndlessPublisher", ""));
    client.awaitWaiter();
    assertThat(produced).hasValue(16);
    client.relieve();
    client.awaits(40);
    client.sends(cancel("0"));
    awaitClosed();
  }

  @Test
  void streamsNoMoreCallsAtATimeThanItMay() {
    HubHarness<ClientProxy>.Client client = threaded.connect();
    for (String id : List.of("0", "1", "2", "3")) {
      client.sends(stream(id, "Queue", ""));
    }
    assertThat(client.awaits(1))
        .containsExactly(
            error(
                "3",
                "An unexpected error occurred invoking 'queue' on the server. HubException: The"
                    + " connection already has 3 streaming calls, the most it may have at a"
                    + " time."));
    client.sends(cancel("1"));
    client.awaits(2);
    client.sends(stream("3", "Stream", "1"));
    assertThat(client.awaits(4)).endsWith(item("3", 0), end("3"));
  }

  @Test
  void pullsNothingFromAStreamThatWasCancelledWhileItWaited() {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "Endless", ""), cancel("0"));
    assertThat(client.received()).containsExactly(end("0"));
    assertThat(produced).hasValue(0);
  }

  @Test
  void cancelsThePublisherOfAStreamThatWasCancelledWhileItWaited() throws InterruptedException {
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "SilentPublisher", ""), cancel("0"));
    assertThat(client.received()).containsExactly(end("0"));
    awaitClosed();
  }

  private void awaitClosed() throws InterruptedException {
    assertThat(closed.await(10, TimeUnit.SECONDS)).as("closed").isTrue();
  }

  /** What the tests call. */
  public final class StreamHub extends Hub<ClientProxy> {
    public Stream<Integer> stream(int count) {
      return IntStream.range(0, count).boxed();
    }

    public IntStream numbers(int count) {
      return IntStream.range(0, count);
    }

    public Iterable<Integer> iterable(int count) {
      return stream(count).toList();
    }

    public Iterator<Integer> iterator(int count) {
      return iterable(count).iterator();
    }

    public Flow.Publisher<Integer> publisher(int count) {
      return Publishers.of(stream(count).iterator(), () -> {});
    }

    public CompletionStage<Stream<Integer>> later(int count) {
      return CompletableFuture.completedFuture(stream(count));
    }

    public Stream<Integer> breaks(String why) {
      return Stream.of(0, 1).peek(i -> failAt(i, new IllegalStateException(why)));
    }

    public Stream<Integer> breaksForClient(String why) {
      return Stream.of(0, 1).peek(i -> failAt(i, new HubException(why)));
    }

    public org.reactivestreams.Publisher<Integer> reactive(int count) {
      return FlowAdapters.toPublisher(publisher(count));
    }

    public Flow.Publisher<Integer> failingPublisher() {
      return Publishers.failing(new HubException("no"));
    }

    public Stream<Double> notANumber() {
      return Stream.of(Double.NaN);
    }

    @HubMethod("throws")
    public Stream<Integer> fails() {
      throw new IllegalStateException("by design");
    }

    public CompletionStage<Stream<Integer>> laterFails() {
      return CompletableFuture.failedFuture(new HubException("no"));
    }

    @HubMethod("no-stream")
    public @Nullable Stream<Integer> nothing() {
      return null;
    }

    public int plain() {
      return 1;
    }

    @Authorize(roles = "admin")
    public Stream<Integer> adminStream() {
      return Stream.of(1);
    }

    public Stream<Integer> queue() {
      return Stream.generate(this::take).onClose(closed::countDown);
    }

    public Stream<Integer> endless() {
      return Stream.generate(produced::incrementAndGet).onClose(closed::countDown);
    }

    public Flow.Publisher<Integer> endlessPublisher() {
      Iterator<Integer> numbers =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public Integer next() {
              return produced.incrementAndGet();
            }
          };
      return Publishers.of(numbers, closed::countDown);
    }

    public Flow.Publisher<Integer> silentPublisher() {
      return Publishers.silent(release::countDown, closed::countDown);
    }

    private Integer take() {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void failAt(int i, RuntimeException failure) {
      if (i == 1) {
        throw failure;
      }
    }
  }
}
