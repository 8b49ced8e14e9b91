package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.cancel;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.result;
import static dev.hubwire.dispatch.Wire.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.CallLimits;
import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubObserver;
import dev.hubwire.hub.HubOperation;
import dev.hubwire.hub.Inline;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.hub.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObserverTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final HubObserver recorder =
      operation -> {
        events.add("begin " + operation.method());
        return failure ->
            events.add(
                "end "
                    + operation.method()
                    + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
      };

  @Test
  void hearsOfCallsAndCallbacksAndOfTheirFailures() {
    HubHarness<ClientProxy>.Client client = harness(recorder).connect();
    client.sends(invoke("0", "ONE", ""), invoke("1", "Fail", ""), invoke("2", "Missing", ""));
    client.vanishes();
    assertThat(events)
        .containsExactly(
            "begin OnConnectedAsync",
            "end OnConnectedAsync",
            "begin one",
            "end one",
            "begin fail",
            "end fail HubException",
            "begin OnDisconnectedAsync",
            "end OnDisconnectedAsync IllegalStateException");
  }

  @Test
  void hearsOfTheEndOfAStream() {
    HubHarness<ClientProxy>.Client client = harness(recorder).connect();
    events.clear();
    client.sends(stream("0", "Items", ""), stream("1", "Broken", ""), stream("2", "None", ""));
    assertThat(events)
        .containsExactly(
            "begin items",
            "item",
            "end items",
            "begin broken",
            "end broken IllegalStateException",
            "begin none",
            "end none IllegalStateException");
  }

  @Test
  void takesACancelledStreamForNoFailure() throws InterruptedException {
    HubHarness<ClientProxy> hub =
        HubHarness.withThreads(type(recorder, ObservedHub::new), settings -> settings);
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(stream("0", "Endless", ""));
    assertThat(begun.await(10, TimeUnit.SECONDS)).as("begun").isTrue();
    client.sends(cancel("0"));
    assertThat(awaitEvent("end endless")).isTrue();
  }

  @Test
  void takesALateCallForAFailure() throws InterruptedException {
    HubHarness<ClientProxy> hub =
        HubHarness.withThreads(type(recorder, ObservedHub::new), settings -> settings);
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sends(invoke("0", "Late", ""));
    assertThat(begun.await(10, TimeUnit.SECONDS)).as("begun").isTrue();
    hub.advance(Duration.ofMillis(5), client);
    client.awaits(1);
    assertThat(awaitEvent("end late TimeoutException")).isTrue();
  }

  @Test
  void namesWhatItHearsOfAsTheReferenceDoes() {
    BlockingQueue<HubOperation> seen = new LinkedBlockingQueue<>();
    HubHarness<ClientProxy>.Client client =
        harness(
                operation -> {
                  seen.add(operation);
                  return failure -> {};
                })
            .connect();
    client.sends(
        "{\"type\":1,\"headers\":{\"traceparent\":\"%s\",\"tracestate\":\"a=b\",\"Correlation-Context\":\"c=d\"},\"target\":\"One\",\"arguments\":[]}"
            .formatted(TRACE));
    assertThat(seen.remove().kind().operationName())
        .isEqualTo("Microsoft.AspNetCore.SignalR.Server.OnConnected");
    HubOperation call = seen.remove();
    assertThat(call.kind().operationName())
        .isEqualTo("Microsoft.AspNetCore.SignalR.Server.InvocationIn");
    assertThat(call.spanName()).isEqualTo(ListeningHub.class.getName() + "/one");
    assertThat(call.attributes())
        .isEqualTo(
            Map.of(
                "rpc.system", "signalr",
                "rpc.service", ListeningHub.class.getName(),
                "rpc.method", "one"));
    assertThat(call.caller().traceContext()).isEqualTo(new TraceContext(TRACE, "a=b", "c=d"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        ""
      })
  void callsAMethodWhoseTraceCannotBeRead(String traceparent) {
    HubHarness<ClientProxy>.Client client = harness(recorder).connect();
    client.sends(
        "{\"type\":1,\"invocationId\":\"0\",\"headers\":{\"traceparent\":\"%s\"},\"target\":\"Trace\",\"arguments\":[]}"
            .formatted(traceparent));
    assertThat(client.received()).containsExactly(result("0", "\"null of 1\""));
  }

  @Test
  void goesOnWithoutAnObserverThatFails() {
    HubHarness<ClientProxy>.Client client =
        harness(
                operation -> {
                  if (operation.method().equals("one")) {
                    throw new IllegalStateException("cannot begin");
                  }
                  return failure -> {
                    throw new IllegalStateException("cannot end");
                  };
                })
            .connect();
    client.sends(invoke("0", "One", ""), invoke("1", "Trace", ""));
    assertThat(client.received()).containsExactly(result("0", 1), result("1", "\"null of 0\""));
  }

  private boolean awaitEvent(String wanted) throws InterruptedException {
    String event;
    do {
      event = events.poll(10, TimeUnit.SECONDS);
    } while (event != null && !event.equals(wanted));
    return event != null;
  }

  private HubHarness<ClientProxy> harness(HubObserver observer) {
    return new HubHarness<>(type(observer, ListeningHub::new), settings -> settings);
  }

  private HubType<? extends Hub<ClientProxy>, ClientProxy> type(
      HubObserver observer, Supplier<? extends Hub<ClientProxy>> hub) {
    return HubType.of(hub, new HubExtensions(List.of(), ServiceResolver.NONE, Map.of(), observer));
  }

  /** What the tests call. */
  public class ObservedHub extends Hub<ClientProxy> {
    @Inline
    public int one() {
      return 1;
    }

    public void fail() {
      throw new HubException("no");
    }

    public String trace() {
      return context().traceContext() + " of " + context().messageHeaders().size();
    }

    public Stream<Integer> items() {
      return Stream.of(1).peek(item -> events.add("item"));
    }

    public Stream<Integer> broken() {
      return Stream.<Integer>generate(
          () -> {
            throw new IllegalStateException("torn");
          });
    }

    @SuppressWarnings("NullAway") // What the case is about.
    public Stream<Integer> none() {
      return null;
    }

    public Stream<Integer> endless() {
      begun.countDown();
      return Stream.generate(
          () -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return 1;
          });
    }

    @CallLimits(timeoutMillis = 5)
    public void late(Cancellation cancellation) throws InterruptedException {
      CountDownLatch cancelled = new CountDownLatch(1);
      cancellation.onCancel(cancelled::countDown);
      begun.countDown();
      cancelled.await();
    }
  }

  /** Hears of its clients. */
  public final class ListeningHub extends ObservedHub {
    @Override
    public void onConnected() {}

    @Override
    public void onDisconnected(@Nullable Throwable error) {
      throw new IllegalStateException("at the end");
    }
  }
}
