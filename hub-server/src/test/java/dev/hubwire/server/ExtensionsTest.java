package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.CallLimits;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Filters;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubInvocationContext;
import dev.hubwire.hub.ServiceKey;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.hub.ServiceScope;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is put around and under hubs, as the builder takes it. */
class ExtensionsTest {
  /** For filters that are made by their class, too. */
  private static final Queue<String> EVENTS = new ConcurrentLinkedQueue<>();

  private final ServiceResolver services =
      new ServiceResolver() {
        @Override
        public boolean provides(ServiceKey key) {
          return key.rawType() == Greeting.class;
        }

        @Override
        public ServiceScope openScope() {
          return key -> provides(key) ? new Greeting("service") : null;
        }
      };

  @Test
  void filtersOfTheServerAreAroundThoseOfTheHubAndThoseAroundThoseOfTheMethod() {
    try (HubServer server =
            HubServer.builder()
                .filter(new Named("server"))
                .services(services)
                .hub(
                    "/made", MadeHub.class, hub -> hub.filter(new Named("hub")).filter(OfHub.class))
                .filter(OfServer.class)
                .listen("127.0.0.1", 0)
                .start();
        RawClient client = new RawClient(server.port(), "/made")) {
      EVENTS.clear();
      client.send("{\"type\":1,\"invocationId\":\"0\",\"target\":\"say\",\"arguments\":[\"!\"]}");
      assertThat(client.receive())
          .isEqualTo("{\"type\":3,\"invocationId\":\"0\",\"result\":\"service!\"}");
      assertThat(EVENTS)
          .containsExactly("server", "of server", "hub", "of hub", "of method", "method");
    }
  }

  @Test
  void aLateCallIsAnsweredByTheClock() {
    try (HubServer server =
            HubServer.builder().hub("/late", LateHub::new).listen("127.0.0.1", 0).start();
        RawClient client = new RawClient(server.port(), "/late")) {
      client.send("{\"type\":1,\"invocationId\":\"0\",\"target\":\"never\",\"arguments\":[]}");
      assertThat(client.receive())
          .isEqualTo(
              "{\"type\":3,\"invocationId\":\"0\",\"error\":\"An unexpected error occurred invoking"
                  + " 'never' on the server. HubException: The method took longer than 1 ms.\"}");
    }
  }

  @Test
  void aPolicyIsKnownByItsNameWhateverTheOrder() {
    HubServer.builder()
        .hub("/guarded", GuardedHub::new)
        .policy("known", user -> true)
        .toHandler()
        .close();
    HubServerBuilder without = HubServer.builder().hub("/guarded", GuardedHub::new);
    assertThatIllegalArgumentException()
        .isThrownBy(without::toHandler)
        .withMessageStartingWith("The AuthorizationPolicy named: 'known' was not found.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> without.policy("a", user -> true).policy("a", user -> false))
        .withMessage("policy: 'a' (expected: a name that is not taken)");
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
      EVENTS.add(name);
      return next.proceed(context);
    }
  }

  /** Around all hubs. */
  static final class OfServer extends Named {
    public OfServer() {
      super("of server");
    }
  }

  /** Around one hub. */
  static final class OfHub extends Named {
    public OfHub() {
      super("of hub");
    }
  }

  /** Around one method. */
  static final class OfMethod extends Named {
    public OfMethod() {
      super("of method");
    }
  }

  /** A service. */
  record Greeting(String text) {}

  /** Made of a service. */
  public static final class MadeHub extends Hub<ClientProxy> {
    private final Greeting greeting;

    public MadeHub(Greeting greeting) {
      this.greeting = greeting;
    }

    @Filters(OfMethod.class)
    public String say(String text) {
      EVENTS.add("method");
      return greeting.text() + text;
    }
  }

  /** Takes too long. */
  public static final class LateHub extends Hub<ClientProxy> {
    @CallLimits(timeoutMillis = 1)
    public CompletionStage<String> never() {
      return new CompletableFuture<>();
    }
  }

  /** Asks a policy. */
  @Authorize(policy = "known")
  public static final class GuardedHub extends Hub<ClientProxy> {}
}
