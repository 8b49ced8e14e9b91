package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.cancel;
import static dev.hubwire.dispatch.Wire.end;
import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.item;
import static dev.hubwire.dispatch.Wire.result;
import static dev.hubwire.dispatch.Wire.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.StreamSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class UploadTest {
  private static final String CALL_FAILED =
      "An unexpected error occurred invoking '%s' on the server.";

  private final CountDownLatch release = new CountDownLatch(1);
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final HubHarness<ClientProxy> hub =
      HubHarness.withThreads(UploadHub::new, settings -> settings);
  private final HubHarness<ClientProxy>.Client client = hub.connect();

  @Test
  void givesAMethodTheItemsThatFollowItsCall() {
    client.sends(invoke("0", "Sum", "100", "1"), item("1", 1), item("1", 2), end("1"));
    assertThat(client.awaits(1)).containsExactly(result("0", 103));
  }

  @Test
  void endsAnUploadNormallyWithACompletionThatHasAResult() {
    client.sends(invoke("0", "Sum", "1", "1"), result("1", 5));
    assertThat(client.awaits(1)).containsExactly(result("0", 1));
  }

  @Test
  void tellsTheMethodWithWhichErrorTheClientEndedItsStream() {
    client.sends(invoke("0", "Sum", "0", "1"), item("1", 1), error("1", "changed my mind"));
    assertThat(client.awaits(1))
        .containsExactly(
            error("0", CALL_FAILED.formatted("sum") + " HubException: changed my mind"));
  }

  @Test
  void failsTheStreamWithAnItemThatDoesNotFitAndIgnoresWhatFollows() {
    client.sends(
        invoke("0", "Sum", "0", "1"), item("1", "\"one\""), item("1", 2), end("1"), "{\"type\":6}");
    assertThat(client.awaits(1))
        .containsExactly(
            error(
                "0",
                CALL_FAILED.formatted("sum") + " HubException: Failed to bind Stream message."));
  }

  @Test
  void publishesWhatIsUploaded() {
    client.sends(invoke("0", "Published", "", "1"), item("1", 1), item("1", 2), end("1"));
    assertThat(client.awaits(1)).containsExactly(result("0", "\"[1, 2]\""));
  }

  @Test
  void publishesTheErrorOfTheClient() {
    client.sends(invoke("0", "Published", "", "1"), error("1", "no"));
    assertThat(client.awaits(1))
        .containsExactly(error("0", CALL_FAILED.formatted("published") + " HubException: no"));
  }

  @Test
  void fillsSeveralStreamsInTheOrderOfTheParameters() {
    client.sends(
        invoke("0", "Two", "\"x\"", "b", "a"),
        item("a", "\"second\""),
        item("b", 1),
        end("a"),
        item("b", 2),
        end("b"));
    assertThat(client.awaits(1)).containsExactly(result("0", "\"x[1, 2][second]\""));
  }

  @Test
  void carriesItemsBothWaysAtOnce() {
    client.sends(stream("0", "Echo", "", "1"), item("1", "\"a\""));
    assertThat(client.awaits(1)).containsExactly(item("0", "\"a\""));
    client.sends(item("1", "\"b\""), end("1"));
    assertThat(client.awaits(3)).endsWith(item("0", "\"b\""), end("0"));
  }

  @Test
  void uploadsBesideCallsWithoutTakingTheirSlot() {
    client.sends(
        invoke("0", "Sum", "0", "1"),
        invoke("2", "Sum", "0", "3"),
        invoke("4", "Plain", ""),
        item("3", 1),
        end("3"));
    assertThat(client.awaits(2)).contains(result("4", 1), result("2", 1));
    client.sends(end("1"));
    assertThat(client.awaits(3)).endsWith(result("0", 0));
  }

  @Test
  void insistsOnAsManyStreamsAsTheMethodHasParameters() {
    client.sends(invoke("0", "Sum", "0"), invoke("1", "Plain", "", "x"));
    assertThat(client.received())
        .containsExactly(
            error(
                "0",
                CALL_FAILED.formatted("sum")
                    + " HubException: Client sent 0 stream(s), Hub method expects 1."),
            error(
                "1",
                CALL_FAILED.formatted("plain")
                    + " HubException: Client sent 1 stream(s), Hub method expects 0."));
  }

  @Test
  void refusesAStreamIdInUseAndLeavesTheFirstAsItWas() {
    client.sends(
        invoke("0", "Sum", "0", "1"),
        invoke("2", "Sum", "0", "1"),
        invoke("3", "Two", "\"\"", "4", "4"));
    String inUse = " HubException: Stream ID '%s' is already in use.";
    assertThat(client.received())
        .containsExactly(
            error("2", CALL_FAILED.formatted("sum") + inUse.formatted("1")),
            error("3", CALL_FAILED.formatted("two") + inUse.formatted("4")));
    client.sends(item("1", 7), end("1"));
    assertThat(client.awaits(3)).endsWith(result("0", 7));
  }

  @Test
  void ignoresItemsOfStreamsThatNobodyReads() {
    client.sends(item("9", 1), end("9"), invoke("0", "First", "", "1"), item("1", 1));
    assertThat(client.awaits(1)).containsExactly(result("0", 1));
    client.sends(item("1", 2), item("1", 3), item("1", "\"no number\""), end("1"));
    client.sends(invoke("2", "Sum", "0", "1"), item("1", 4), end("1"));
    assertThat(client.awaits(2)).endsWith(result("2", 4));
    assertThat(client.closeReason()).isNull();
  }

  @Test
  void stopsReadingWhileTheBufferIsFullAndLosesNothing() {
    StringBuilder records = new StringBuilder(invoke("0", "SumLater", "", "1") + "\u001e");
    for (int i = 1; i <= 100; i++) {
      records.append(item("1", i)).append('\u001e');
    }
    client.sendsBytes(records.toString().getBytes(UTF_8));
    client.sendsBytes((end("1") + "\u001e{\"type\":6}\u001e").getBytes(UTF_8));
    assertThat(client.isPaused()).isTrue();
    release.countDown();
    assertThat(client.awaits(1)).containsExactly(result("0", 5_050));
    assertThat(client.isPaused()).isFalse();
  }

  @Test
  void stopsReadingWhileTooManyBytesWait() {
    String big = item("1", "\"" + "x".repeat(900) + "\"");
    client.sends(invoke("0", "CountLater", "", "1"), big, big);
    assertThat(client.isPaused()).isFalse();
    client.sends(big, end("1"));
    assertThat(client.isPaused()).isTrue();
    release.countDown();
    assertThat(client.awaits(1)).containsExactly(result("0", 3));
  }

  @Test
  void dropsWhatWaitsForAFullBufferWhenItsMethodEnds() {
    StringBuilder records = new StringBuilder(invoke("0", "EndLater", "", "1") + "\u001e");
    for (int i = 1; i <= 20; i++) {
      records.append(item("1", i)).append('\u001e');
    }
    client.sendsBytes((records + invoke("2", "Plain", "") + "\u001e").getBytes(UTF_8));
    assertThat(client.isPaused()).isTrue();
    release.countDown();
    assertThat(client.awaits(2)).containsExactly(result("0", "null"), result("2", 1));
    assertThat(client.isPaused()).isFalse();
  }

  @Test
  void doesNotBlameAClientThatIsNotRead() {
    client.sends("{\"type\":6}", invoke("0", "EndLater", "", "1"));
    for (int i = 0; i < 5; i++) {
      client.sends(item("1", i));
    }
    assertThat(client.isPaused()).isTrue();
    hub.advance(Duration.ofMinutes(5), client);
    assertThat(client.closeReason()).isNull();
    release.countDown();
    client.awaitReading();
  }

  @Test
  void tellsTheReaderThatTheConnectionIsOverAfterWhatHadCome() throws Exception {
    client.sends(invoke("0", "Remember", "", "1"), item("1", "\"a\""));
    client.vanishes();
    assertThat(failure.get(10, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class)
        .hasMessage("The underlying connection was closed.");
    assertThat(seen).containsExactly("a");
  }

  @Test
  void cancelsAStreamThatWaitsForAnUpload() {
    client.sends(stream("0", "Echo", "", "1"), item("1", "\"a\""));
    client.awaits(1);
    client.sends(cancel("0"));
    assertThat(client.awaits(2)).endsWith(end("0"));
    client.sends(item("1", "\"late\""), invoke("2", "Plain", ""));
    assertThat(client.awaits(3)).endsWith(result("2", 1));
  }

  @Test
  void uploadsWithoutAnAnswerWhereNoneIsWanted() throws InterruptedException {
    client.sends(
        "{\"type\":1,\"target\":\"Remember\",\"arguments\":[],\"streamIds\":[\"1\"]}",
        item("1", "\"a\""),
        end("1"));
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("a");
    assertThat(client.received()).isEmpty();
  }

  @Test
  void canBeReadOnce() {
    client.sends(invoke("0", "Twice", "", "1"), end("1"));
    assertThat(client.awaits(1)).containsExactly(error("0", CALL_FAILED.formatted("twice")));
  }

  @Test
  void wantsToKnowOfWhatAStreamIs() {
    assertThatThrownBy(() -> HubMethodTable.of(RawHub.class, HubExtensions.NONE, false))
        .hasMessage(
            "Parameter 1 of RawHub.take(StreamSource) has the type"
                + " dev.hubwire.hub.StreamSource, which clients cannot send: say of what it is a"
                + " stream.");
  }

  /** What the tests call. */
  public final class UploadHub extends Hub<ClientProxy> {
    public int plain() {
      return 1;
    }

    public int sum(StreamSource<Integer> items, int start) {
      int sum = start;
      for (int item : items) {
        sum += item;
      }
      return sum;
    }

    public int sumLater(StreamSource<Integer> items) throws InterruptedException {
      release.await();
      return sum(items, 0);
    }

    public int countLater(StreamSource<String> items) throws InterruptedException {
      release.await();
      int count = 0;
      for (String unused : items) {
        count++;
      }
      return count;
    }

    public void endLater(StreamSource<Integer> items) throws InterruptedException {
      release.await();
    }

    public int first(StreamSource<Integer> items) {
      return items.iterator().next();
    }

    public CompletionStage<String> published(Flow.Publisher<Integer> items) {
      return Publishers.collect(items).thenApply(List::toString);
    }

    public String two(StreamSource<Integer> numbers, String prefix, StreamSource<String> texts) {
      return prefix + list(numbers) + list(texts);
    }

    public Stream<String> echo(StreamSource<String> items) {
      return StreamSupport.stream(items.spliterator(), false);
    }

    public void remember(StreamSource<String> items) {
      try {
        items.forEach(seen::add);
      } catch (RuntimeException e) {
        failure.complete(e);
      }
    }

    public int twice(StreamSource<Integer> items) {
      return sum(items, 0) + sum(items, 0);
    }

    private static <T> List<T> list(Iterable<T> items) {
      return StreamSupport.stream(items.spliterator(), false).toList();
    }
  }

  /** Leaves open of what its stream is. */
  @SuppressWarnings("rawtypes") // What the test is about.
  public static final class RawHub extends Hub<ClientProxy> {
    public void take(StreamSource items) {}
  }
}
