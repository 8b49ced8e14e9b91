package dev.hubwire.samples.snippets.hubs;

import java.math.BigDecimal;

/** What the snippets trade with. */
public interface Market {
  BigDecimal lookUp(String symbol);

  BigDecimal awaitChange(String symbol) throws InterruptedException;

  void add(BigDecimal price);

  void buy(String symbol, int amount);
}
