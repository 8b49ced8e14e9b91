package dev.hubwire.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTest {
  private final List<String> events = new ArrayList<>();
  private final HubHarness<ClientProxy> hub = new HubHarness<>(StreamHub::new);
  private final HubHarness<ClientProxy>.Client client = hub.connect();

  @ParameterizedTest
  @ValueSource(strings = {"asStream", "asIterable", "asIterator", "asPublisher", "asStage"})
  void streamsWhateverHoldsItems(String method) {
    client.sends(stream("7", method, "3"));
    assertThat(client.received())
        .containsExactly(item("7", 0), item("7", 1), item("7", 2), end("7"));
  }

  @Test
  void anEmptyStreamJustEnds() {
    client.sends(stream("7", "asPublisher", "0"));
    assertThat(client.received()).containsExactly(end("7"));
  }

  @Test
  void tellsOfAFailureAfterTheItemsBeforeIt() {
    client.sends(stream("7", "breaking", ""), stream("8", "breakingForClient", ""));
    assertThat(client.received())
        .contains(
            item("7", 0), error("7", "An error occurred on the server while streaming results."))
        .contains(
            error(
                "8",
                "An error occurred on the server while streaming results. HubException: told"));
  }

  @Test
  void tellsOfAFailureBeforeTheFirstItemAsOfAnyCall() {
    client.sends(stream("7", "failing", ""), stream("8", "nothing", ""));
    assertThat(client.received())
        .containsExactlyInAnyOrder(
            error("7", "An unexpected error occurred invoking 'failing' on the server."),
            error(
                "8",
                "The value returned by the streaming method 'nothing' is not a ChannelReader<> or"
                    + " IAsyncEnumerable<>."));
  }

  @Test
  void refusesToMixStreamsAndPlainCalls() {
    client.sends(
        "{\"type\":1,\"invocationId\":\"1\",\"target\":\"asStream\",\"arguments\":[1]}",
        stream("2", "plain", ""),
        stream("3", "guarded", ""));
    assertThat(client.received())
        .containsExactly(
            error(
                "1",
                "The client attempted to invoke the streaming 'asStream' method with a"
                    + " non-streaming invocation."),
            error(
                "2",
                "The client attempted to invoke the non-streaming 'plain' method with a streaming"
                    + " invocation."),
            error("3", "Failed to invoke 'guarded' because user is unauthorized"));
  }

  @Test
  void aStreamThatIsCancelledBeforeItBeginsEndsWithoutItems() {
    String both = stream("7", "closing", "") + "\u001e{\"type\":5,\"invocationId\":\"7\"}\u001e";
    client.sendsBytes(both.getBytes(UTF_8));
    hub.settle();
    assertThat(client.received()).containsExactly(end("7"));
  }

  @Test
  void letsGoOfAStreamWhenItEnds() {
    client.sends(stream("7", "closing", ""));
    assertThat(events).containsExactly("closed");
  }

  @Test
  void anIdInUseIsRefusedAndItsStreamGoesOn() {
    String twice =
        stream("7", "asStream", "2") + "\u001e" + stream("7", "asStream", "1") + "\u001e";
    client.sendsBytes(twice.getBytes(UTF_8));
    hub.settle();
    assertThat(client.received())
        .containsExactly(
            error("7", "Invocation ID '7' is already in use."),
            item("7", 0),
            item("7", 1),
            end("7"));
  }

  @Test
  void neverRequestsMoreThanFits() {
    client.sends(stream("7", "asPublisher", "100"));
    assertThat(client.received()).hasSize(101);
    assertThat(events).allMatch(event -> event.equals("request 16") || event.equals("request 8"));
  }

  private static String stream(String id, String target, String arguments) {
    return "{\"type\":4,\"invocationId\":\"%s\",\"target\":\"%s\",\"arguments\":[%s]}"
        .formatted(id, target, arguments);
  }

  private static String item(String id, int value) {
    return "{\"type\":2,\"invocationId\":\"%s\",\"item\":%d}".formatted(id, value);
  }

  private static String end(String id) {
    return "{\"type\":3,\"invocationId\":\"%s\"}".formatted(id);
  }

  private static String error(String id, String text) {
    return "{\"type\":3,\"invocationId\":\"%s\",\"error\":\"%s\"}".formatted(id, text);
  }

  /** Counts, in every way there is. */
  public class StreamHub extends Hub<ClientProxy> {
    public Stream<Integer> asStream(int count) {
      return IntStream.range(0, count).boxed();
    }

    public Iterable<Integer> asIterable(int count) {
      return () -> asIterator(count);
    }

    public Iterator<Integer> asIterator(int count) {
      return IntStream.range(0, count).iterator();
    }

    public Flow.Publisher<Integer> asPublisher(int count) {
      return new Counter(count);
    }

    public CompletionStage<Stream<Integer>> asStage(int count) {
      return CompletableFuture.completedStage(asStream(count));
    }

    public Stream<Integer> breaking() {
      return Stream.of(0, 1).peek(StreamingTest::failOnOne);
    }

    public Stream<Integer> breakingForClient() {
      return Stream.<Integer>generate(
          () -> {
            throw new HubException("told");
          });
    }

    public Stream<Integer> failing() {
      throw new IllegalStateException("before the first item");
    }

    public @Nullable Stream<Integer> nothing() {
      return null;
    }

    public Stream<Integer> closing() {
      return Stream.of(0).onClose(() -> events.add("closed"));
    }

    @Authorize
    public Stream<Integer> guarded() {
      return Stream.of(0);
    }

    public int plain() {
      return 0;
    }
  }

  private static void failOnOne(int item) {
    if (item == 1) {
      throw new IllegalStateException("stream broke");
    }
  }

  /** Publishes what is requested, on the thread that requests. */
  private final class Counter implements Flow.Publisher<Integer> {
    private final int count;

    Counter(int count) {
      this.count = count;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private int next;
            private boolean done;

            @Override
            public void request(long n) {
              events.add("request " + n);
              for (long i = 0; i < n && next < count; i++) {
                subscriber.onNext(next++);
              }
              if (next == count && !done) {
                done = true;
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              done = true;
            }
          });
    }
  }
}
