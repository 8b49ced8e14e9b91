package dev.hubwire.samples.snippets.streaming;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.StreamSource;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Streams in both directions. */
public final class FeedHub extends Hub<ClientProxy> {
  private final Prices prices;

  /** Where prices come from. */
  public interface Prices {
    boolean isKnown(String symbol);

    /** From a database; to be closed. */
    Stream<Double> history(String symbol);

    Flow.Publisher<Double> of(String symbol);
  }

  /** Called with the source that its server was made with. */
  public FeedHub(Prices prices) {
    this.prices = prices;
  }

  // docs:stream-of-values
  public Stream<Integer> countdown(int from) {
    return IntStream.rangeClosed(0, from).map(i -> from - i).boxed();
  }

  public Stream<Double> history(String symbol) {
    return prices.history(symbol); // closed when the stream ends
  }

  // docs:end

  // docs:stream-of-a-publisher
  public Flow.Publisher<Double> prices(String symbol) {
    if (!prices.isKnown(symbol)) {
      throw new HubException("There is no " + symbol + "."); // what the client reads
    }
    return prices.of(symbol);
  }

  // docs:end

  // docs:upload
  public int count(StreamSource<String> lines) {
    int count = 0;
    for (String line : lines) { // waits for the client
      count += line.isBlank() ? 0 : 1;
    }
    return count; // the client's result, when its stream has ended
  }

  // docs:end

  // docs:stream-both-ways
  public Stream<String> shout(String suffix, StreamSource<String> words) {
    return StreamSupport.stream(words.spliterator(), false).map(word -> word + suffix);
  }

  // docs:end

  // docs:stream-cancelled
  public Stream<Long> ticks(Cancellation cancellation) {
    cancellation.onCancel(() -> System.out.println("nobody listens any more"));
    return Stream.iterate(0L, tick -> tick + 1);
  }
  // docs:end
}
