package dev.hubwire.samples.snippets.hubs;

import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.StreamSource;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

// docs:hubs-methods
public final class QuoteHub extends Hub<ClientProxy> {
  private final Market market;

  public QuoteHub(Market market) {
    this.market = market;
  }

  public BigDecimal price(String symbol) { // may block, and returns what the client gets
    return market.lookUp(symbol);
  }

  @HubMethod("get-later") // its name for clients
  public CompletionStage<BigDecimal> later(String symbol) {
    return CompletableFuture.supplyAsync(() -> market.lookUp(symbol));
  }

  public IntStream countdown(int from) { // a stream to the client, pulled as fast as it reads
    return IntStream.iterate(from, left -> left >= 0, left -> left - 1);
  }

  public long record(StreamSource<BigDecimal> prices) { // a stream from the client
    long count = 0;
    for (BigDecimal price : prices) {
      market.add(price);
      count++;
    }
    return count;
  }

  public BigDecimal await(String symbol, Cancellation cancellation) throws InterruptedException {
    cancellation.interruptOnCancel(); // the client may give up
    return market.awaitChange(symbol);
  }

  public void buy(String symbol, int amount) {
    if (amount < 1) {
      throw new HubException("Amount: " + amount + " (expected: 1 or more)"); // the client sees it
    }
    market.buy(symbol, amount);
  }
}
// docs:end
