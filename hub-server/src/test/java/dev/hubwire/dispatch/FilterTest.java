package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.item;
import static dev.hubwire.dispatch.Wire.result;
import static dev.hubwire.dispatch.Wire.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Filters;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubInvocationContext;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.hub.Inline;
import dev.hubwire.hub.ServiceResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final String FAILED = "An unexpected error occurred invoking '%s' on the server.";

  /** What happened, in order; static for filters that are made by class. */
  private static final List<String> events = new ArrayList<>();

  @AfterEach
  void forget() {
    events.clear();
  }

  @Test
  void runsTheMethodInsideItsFiltersTheFirstOutermost() {
    HubHarness<ClientProxy>.Client client = connect(new Named("a"), new Named("b"));
    client.sends(invoke("0", "Marked", ""));
    assertThat(client.received()).containsExactly(result("0", "\"done\""));
    assertThat(events)
        .as("the filter that was made for the call is closed after it")
        .containsExactly(
            "a in", "b in", "mark in", "marked", "mark out", "b out", "a out", "mark closed");
  }

  @Test
  void showsAFilterWhatIsCalledByWhomAndWithWhat() {
    List<HubInvocationContext> seen = new ArrayList<>();
    HubHarness<ClientProxy>.Client client =
        connect(
            around(
                (context, next) -> {
                  seen.add(context);
                  return next.proceed(context);
                }));
    client.sends(invoke("0", "JOIN", "\"a\",\"b\""));
    HubInvocationContext context = seen.getFirst();
    assertThat(context.hub()).isInstanceOf(FilteredHub.class);
    assertThat(context.methodName()).isEqualTo("join");
    assertThat(context.method().getName()).isEqualTo("concat");
    assertThat(context.arguments()).containsExactly("a", "b").isUnmodifiable();
    assertThat(context.caller().connectionId()).isEqualTo(client.id().value());
    assertThat(client.received()).containsExactly(result("0", "\"ab\""));
  }

  @Test
  void letsAFilterChangeArgumentsAndResult() {
    HubHarness<ClientProxy>.Client client =
        connect(
            around(
                (context, next) ->
                    next.proceed(context.withArguments(Arrays.asList("c", null))) + "!"));
    client.sends(invoke("0", "Join", "\"a\",\"b\""));
    assertThat(client.received()).containsExactly(result("0", "\"cnull!\""));
  }

  @Test
  void letsAFilterAnswerWithoutTheMethod() {
    HubHarness<ClientProxy>.Client client = connect(around((context, next) -> null));
    client.sends(invoke("0", "Join", "\"a\",\"b\""), invoke("1", "Nothing", ""));
    assertThat(client.received()).containsExactly(result("0", "null"), result("1", "null"));
    assertThat(events).isEmpty();
  }

  @Test
  void letsAFilterTurnAFailureIntoAnAnswerAndAnAnswerIntoAFailure() {
    HubHarness<ClientProxy>.Client client =
        connect(
            around(
                (context, next) -> {
                  try {
                    next.proceed(context);
                  } catch (IllegalStateException e) {
                    return e.getMessage();
                  }
                  throw new HubException("not today");
                }));
    client.sends(invoke("0", "Fail", ""), invoke("1", "Nothing", ""), invoke("2", "FailLater", ""));
    assertThat(client.received())
        .containsExactly(
            result("0", "\"broken\""),
            error("1", FAILED.formatted("nothing") + " HubException: not today"),
            result("2", "\"broken later\""));
  }

  @Test
  void waitsForAStageBeforeTheFiltersSeeTheResult() {
    HubHarness<ClientProxy>.Client client =
        connect(around((context, next) -> (int) Objects.requireNonNull(next.proceed(context)) * 2));
    client.sends(invoke("0", "Later", "21"));
    assertThat(client.received()).containsExactly(result("0", 42));
  }

  @Test
  void wrapsTheMakingOfAStreamNotItsItems() {
    HubHarness<ClientProxy>.Client client = connect(new Named("a"));
    client.sends(stream("0", "Numbers", ""));
    assertThat(client.received()).hasSize(3).contains(item("0", 1), item("0", 2));
    assertThat(events).containsExactly("a in", "a out", "item 1", "item 2");
  }

  @Test
  void letsAFilterPutAnotherStreamInPlace() {
    HubHarness<ClientProxy>.Client client = connect(around((context, next) -> List.of("x")));
    client.sends(stream("0", "Numbers", ""));
    assertThat(client.received()).startsWith(item("0", "\"x\""));
  }

  @Test
  void answersAsIfThereWereNoStreamIfAFilterGivesNone() {
    HubHarness<ClientProxy>.Client client = connect(around((context, next) -> null));
    client.sends(stream("0", "Numbers", ""));
    assertThat(client.received().getFirst()).contains("is not a ChannelReader<>");
  }

  @Test
  void namesTheFilterThatGivesBackWhatDoesNotFit() {
    HubHarness<ClientProxy>.Client client = connect(new Named("a"), new Wrong());
    client.sends(
        invoke("0", "Later", "1"),
        invoke("1", "Nothing", ""),
        stream("2", "Numbers", ""),
        invoke("3", "Primitive", ""));
    String wrong = " IllegalStateException: " + Wrong.class.getTypeName() + " gave back ";
    assertThat(client.received())
        .containsExactlyInAnyOrder(
            error(
                "0",
                FAILED.formatted("later")
                    + wrong
                    + "java.lang.String for FilteredHub.later(int) (expected: java.lang.Integer)"),
            error(
                "1",
                FAILED.formatted("nothing")
                    + wrong
                    + "java.lang.String for FilteredHub.nothing() (expected: null, for it returns"
                    + " nothing)"),
            error(
                "2",
                FAILED.formatted("numbers")
                    + wrong
                    + "java.lang.String for FilteredHub.numbers() (expected: a stream, iterable,"
                    + " iterator or publisher)"),
            error(
                "3",
                FAILED.formatted("primitive")
                    + wrong
                    + "null for FilteredHub.primitive() (expected: int)"));
  }

  @Test
  void namesTheFilterThatPassesArgumentsThatDoNotFit() {
    HubHarness<ClientProxy>.Client client =
        connect(
            new HubFilter() {
              @Override
              public @Nullable Object invokeMethod(
                  HubInvocationContext context, NextInvocation next) throws Exception {
                List<String> arguments =
                    context.arguments().isEmpty() ? List.of("a") : List.of("b");
                return next.proceed(context.withArguments(arguments));
              }
            });
    client.sends(invoke("0", "Nothing", ""), invoke("1", "Later", "1"));
    String by = " IllegalStateException: " + FilterTest.class.getTypeName() + "$1 passed ";
    assertThat(client.received())
        .containsExactly(
            error(
                "0",
                FAILED.formatted("nothing")
                    + by
                    + "1 argument(s) to FilteredHub.nothing() (expected: 0)"),
            error(
                "1",
                FAILED.formatted("later")
                    + by
                    + "java.lang.String as argument 1 of FilteredHub.later(int) (expected: int)"));
  }

  @Test
  void runsNoFilterForACallThatIsRefused() {
    HubHarness<ClientProxy>.Client client = connect(new Named("a"));
    client.sends(
        invoke("0", "Guarded", ""),
        stream("1", "Nothing", ""),
        invoke("2", "Numbers", ""),
        invoke("3", "Later", "\"text\""),
        invoke("4", "Missing", ""));
    assertThat(client.received()).hasSize(5).allMatch(record -> record.contains("\"error\""));
    assertThat(events).isEmpty();
  }

  @Test
  void givesAnInlineMethodWithFiltersAThread() {
    HubHarness<ClientProxy> hub = harness(new Named("a"));
    HubHarness<ClientProxy>.Client client = hub.connect();
    client.sendsBytes((invoke("0", "Quick", "") + "\u001e").getBytes(UTF_8));
    assertThat(hub.waitingThreads()).isOne();
    hub.settle();
    assertThat(client.received()).containsExactly(result("0", 1));
  }

  private static HubHarness<ClientProxy>.Client connect(HubFilter... filters) {
    return harness(filters).connect();
  }

  private static HubHarness<ClientProxy> harness(HubFilter... filters) {
    List<FilterSource> sources =
        Stream.of(filters).<FilterSource>map(FilterSource.Shared::new).toList();
    HubExtensions extensions = new HubExtensions(sources, ServiceResolver.NONE, Map.of(), null);
    return new HubHarness<>(HubType.of(FilteredHub::new, extensions), HubHarness::detailed);
  }

  private interface Around {
    @Nullable Object invoke(HubInvocationContext context, HubFilter.NextInvocation next)
        throws Exception;
  }

  private static HubFilter around(Around around) {
    return new HubFilter() {
      @Override
      public @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next)
          throws Exception {
        return around.invoke(context, next);
      }
    };
  }

  /** Says when it is passed. */
  static class Named implements HubFilter {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next)
        throws Exception {
      events.add(name + " in");
      Object result = next.proceed(context);
      events.add(name + " out");
      return result;
    }
  }

  /** Gives back something else than what is expected. */
  private static final class Wrong implements HubFilter {
    @Override
    public @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next) {
      return context.method().getReturnType() == int.class ? null : "text";
    }
  }

  /** Made by its class. */
  static final class Mark extends Named implements AutoCloseable {
    public Mark() {
      super("mark");
    }

    @Override
    public void close() {
      events.add("mark closed");
    }
  }

  /** What the tests call. */
  public static final class FilteredHub extends Hub<ClientProxy> {
    @Filters(Mark.class)
    public String marked() {
      events.add("marked");
      return "done";
    }

    @HubMethod("join")
    public String concat(String a, @Nullable String b) {
      events.add("joined");
      return a + b;
    }

    public void nothing() {}

    public int primitive() {
      return 1;
    }

    public String fail() {
      throw new IllegalStateException("broken");
    }

    public CompletionStage<String> failLater() {
      return CompletableFuture.failedStage(new IllegalStateException("broken later"));
    }

    public CompletionStage<Integer> later(int value) {
      return CompletableFuture.completedStage(value);
    }

    public Stream<Integer> numbers() {
      return Stream.of(1, 2).peek(item -> events.add("item " + item));
    }

    @Authorize(roles = "admin")
    public void guarded() {}

    @Inline
    public int quick() {
      return 1;
    }
  }
}
