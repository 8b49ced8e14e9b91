package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubLifetimeContext;
import dev.hubwire.hub.ServiceResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifetimeFilterTest {
  private final List<String> events = new ArrayList<>();

  @Test
  void wrapsTheCallbacksTheFirstOutermost() {
    connect(ListeningHub::new, new Named("a"), new Named("b")).vanishes();
    assertThat(events)
        .containsExactly(
            "a connected",
            "b connected",
            "hub connected",
            "b connected out",
            "a connected out",
            "a gone null",
            "b gone null",
            "hub gone null");
  }

  @Test
  void callsFiltersOfAHubThatDoesNotListenItself() {
    HubHarness<ClientProxy>.Client client = connect(QuietHub::new, new Named("a"));
    client.sends(invoke("0", "One", ""));
    client.vanishes();
    assertThat(client.received()).containsExactly(result("0", 1));
    assertThat(events).containsExactly("a connected", "a connected out", "a gone null");
  }

  @Test
  void connectsAClientOfWhichAFilterDoesNotTellTheHub() {
    HubHarness<ClientProxy>.Client client =
        connect(
            ListeningHub::new,
            new HubFilter() {
              @Override
              public void onConnected(HubLifetimeContext context, NextConnected next) {
                events.add("kept from " + context.hub().getClass().getSimpleName());
              }
            });
    client.sends(invoke("0", "One", ""));
    assertThat(client.received()).containsExactly(result("0", 1));
    assertThat(events).containsExactly("kept from ListeningHub");
  }

  @Test
  void closesAClientThatAFilterDoesNotLetIn() {
    HubHarness<ClientProxy>.Client client =
        connect(
            QuietHub::new,
            new HubFilter() {
              @Override
              public void onConnected(HubLifetimeContext context, NextConnected next) {
                throw new HubException("full, " + context.caller().connectionId());
              }
            });
    assertThat(client.received())
        .containsExactly(
            "{\"type\":7,\"error\":\"Connection closed with an error. HubException: full, c1\"}");
  }

  @Test
  void letsAFilterChangeWhatTheHubIsTold() {
    connect(
            ListeningHub::new,
            new HubFilter() {
              @Override
              public void onDisconnected(
                  HubLifetimeContext context, @Nullable Throwable error, NextDisconnected next)
                  throws Exception {
                next.proceed(new HubException("changed"));
              }
            })
        .vanishes();
    assertThat(events).endsWith("hub gone dev.hubwire.hub.HubException: changed");
  }

  private HubHarness<ClientProxy>.Client connect(
      Supplier<? extends Hub<ClientProxy>> hub, HubFilter... filters) {
    List<FilterSource> sources =
        Stream.of(filters).<FilterSource>map(FilterSource.Shared::new).toList();
    HubExtensions extensions = new HubExtensions(sources, ServiceResolver.NONE, Map.of(), null);
    return new HubHarness<>(HubType.of(hub, extensions), settings -> settings).connect();
  }

  /** Says when it is passed. */
  private final class Named implements HubFilter {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public void onConnected(HubLifetimeContext context, NextConnected next) throws Exception {
      events.add(name + " connected");
      next.proceed();
      events.add(name + " connected out");
    }

    @Override
    public void onDisconnected(
        HubLifetimeContext context, @Nullable Throwable error, NextDisconnected next)
        throws Exception {
      events.add(name + " gone " + error);
      next.proceed(error);
    }
  }

  /** Overrides nothing. */
  public static class QuietHub extends Hub<ClientProxy> {
    public int one() {
      return 1;
    }
  }

  /** Hears of its clients. */
  public final class ListeningHub extends QuietHub {
    @Override
    public void onConnected() {
      events.add("hub connected");
    }

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      events.add("hub gone " + error);
    }
  }
}
