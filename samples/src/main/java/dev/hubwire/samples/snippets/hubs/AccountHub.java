package dev.hubwire.samples.snippets.hubs;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.CallLimits;
import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Filters;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubInvocationContext;
import dev.hubwire.hub.ServiceKey;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.hub.ServiceScope;
import dev.hubwire.server.HubServer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Filters, services, limits and policies. */
public final class AccountHub extends Hub<ClientProxy> {
  private final Market market;

  // docs:hubs-constructor
  public AccountHub(Market market) {
    this.market = market;
  }

  // docs:end

  // docs:hubs-method-filters
  @Filters({Trimming.class, NotEmpty.class})
  public BigDecimal price(String symbol) {
    return market.lookUp(symbol);
  }

  // docs:end

  // docs:hubs-service-parameter
  public void buy(String symbol, int amount, Market market) { // clients send the first two
    market.buy(symbol, amount);
  }

  // docs:end

  // docs:hubs-limits
  @CallLimits(parallel = 4, ratePerSecond = 2, maxBytes = 1_024, timeoutMillis = 5_000)
  public BigDecimal report(String symbol, Cancellation cancellation) throws InterruptedException {
    cancellation.interruptOnCancel(); // also when the five seconds are over
    return market.awaitChange(symbol);
  }

  // docs:end

  // docs:hubs-policy
  @Authorize(policy = "trader")
  public void sell(String symbol, int amount) {
    market.buy(symbol, -amount);
  }

  // docs:end

  /** Cuts blanks off. */
  public static final class Trimming implements HubFilter {
    @Override
    public @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next)
        throws Exception {
      String symbol = String.valueOf(context.arguments().getFirst());
      return next.proceed(context.withArguments(List.of(symbol.strip())));
    }
  }

  /** Answers in place of the method. */
  public static final class NotEmpty implements HubFilter {
    @Override
    public @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next)
        throws Exception {
      return "".equals(context.arguments().getFirst()) ? null : next.proceed(context);
    }
  }

  // docs:hubs-resolver
  /** The objects of an application that has no container. */
  record Objects(Map<Class<?>, Object> byType) implements ServiceResolver {
    @Override
    public boolean provides(ServiceKey key) {
      return byType.containsKey(key.rawType());
    }

    @Override
    public ServiceScope openScope() {
      return key -> byType.get(key.rawType());
    }
  }

  // docs:end

  static HubServer start(Market market) {
    // docs:hubs-server
    Logger log = Logger.getLogger("calls");
    HubServer server =
        HubServer.builder()
            .services(new Objects(Map.of(Market.class, market)))
            .policy("trader", user -> user.roles().contains("trader") && user.id().length() > 2)
            .filter(new AuditFilter()) // around every hub
            .observer(
                operation -> {
                  long begin = System.nanoTime();
                  return failure ->
                      log.info(() -> operation.spanName() + " took " + (System.nanoTime() - begin));
                })
            .hub("/accounts", AccountHub.class, hub -> hub.filter(NotEmpty.class)) // of services
            .hub("/quotes", QuoteHub.class, () -> new QuoteHub(market), hub -> {})
            .hub("/rooms", RoomHub::new, hub -> hub.parallelInvocations(4).detailedErrors(true))
            .start();
    // docs:end
    return server;
  }
}
