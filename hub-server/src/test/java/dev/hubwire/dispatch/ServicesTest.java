package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.Wire.error;
import static dev.hubwire.dispatch.Wire.invoke;
import static dev.hubwire.dispatch.Wire.item;
import static dev.hubwire.dispatch.Wire.result;
import static dev.hubwire.dispatch.Wire.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Filters;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubFilter;
import dev.hubwire.hub.HubInvocationContext;
import dev.hubwire.hub.ServiceKey;
import dev.hubwire.hub.ServiceResolver;
import dev.hubwire.hub.ServiceScope;
import dev.hubwire.hub.StreamSource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServicesTest {
  private final List<String> events = new ArrayList<>();

  @Test
  void givesAMethodServicesThatItsClientDoesNotSend() {
    HubHarness<ClientProxy>.Client client = connect(ParameterHub::new);
    client.sends(invoke("0", "Greet", "\"ada\",\"!\""), invoke("1", "Greet", "\"a\",\"b\",\"c\""));
    assertThat(client.received())
        .containsExactlyInAnyOrder(
            result("0", "\"hello ada!\""),
            error(
                "1",
                "Failed to invoke 'greet' due to an error on the server. InvalidDataException:"
                    + " Invocation provides 3 argument(s) but target expects 2."));
    assertThat(events).containsExactly("open", "find Greeter", "close");
  }

  @Test
  void tellsServicesApartByTheAnnotationsOfTheirParameters() {
    HubHarness<ClientProxy>.Client client = connect(ParameterHub::new);
    client.sends(invoke("0", "Name", ""));
    assertThat(client.received()).containsExactly(result("0", "\"the fast one\""));
  }

  @Test
  void answersWithAnErrorIfAServiceIsNotThere() {
    HubHarness<ClientProxy>.Client client = connect(ParameterHub::new);
    client.sends(invoke("0", "Lack", ""), invoke("1", "Plain", ""));
    assertThat(client.received())
        .containsExactly(
            error(
                "0",
                "An unexpected error occurred invoking 'lack' on the server."
                    + " InvalidOperationException: No service for type '"
                    + Missing.class.getTypeName()
                    + "' has been registered."),
            result("1", 1));
  }

  @Test
  void opensNoScopeForACallThatNeedsNone() {
    connect(ParameterHub::new).sends(invoke("0", "Plain", ""));
    assertThat(events).isEmpty();
  }

  @Test
  void letsGoOfServicesBeforeTheEndOfAStreamIsTold() {
    HubHarness<ClientProxy>.Client client = connect(ParameterHub::new);
    client.sends(stream("0", "Greetings", ""));
    assertThat(client.received()).startsWith(item("0", "\"hello 1\""));
    assertThat(events).containsExactly("open", "find Greeter", "item", "close");
  }

  @Test
  void takesAStreamForWhatTheClientUploadsEvenIfItIsAService() {
    ServiceResolver everything = resolver(key -> true);
    HubMethodTable table =
        HubMethodTable.of(
            UploadHub.class, new HubExtensions(List.of(), everything, Map.of(), null), false);
    assertThat(table.methods().iterator().next().parameters())
        .containsExactly(new HubParameter.Upload(String.class, false));
  }

  @Test
  void makesAHubOfServicesForEachCallAndClosesItAfterwards() {
    HubHarness<ClientProxy>.Client client = connect(MadeHub.class);
    events.clear();
    client.sends(invoke("0", "Say", "\"ada\""), invoke("1", "Say", "\"bob\""));
    assertThat(client.received())
        .containsExactly(result("0", "\"hello ada\""), result("1", "\"hello bob\""));
    assertThat(events)
        .containsExactly(
            "open",
            "find Greeter",
            "hub closed",
            "close",
            "open",
            "find Greeter",
            "hub closed",
            "close");
  }

  @Test
  void leavesAHubThatIsAServiceToItsContainer() {
    HubHarness<ClientProxy>.Client client = connect(ServiceHub.class);
    client.sends(invoke("0", "Say", ""));
    assertThat(client.received()).containsExactly(result("0", "\"from the container\""));
    assertThat(events).doesNotContain("hub closed");
  }

  @Test
  void closesAConnectionWhoseHubCannotBeMade() {
    HubHarness<ClientProxy>.Client client = connect(UncreatableHub.class);
    assertThat(client.received())
        .containsExactly(
            "{\"type\":7,\"error\":\"Connection closed with an error. InvalidOperationException:"
                + " Unable to resolve service for type 'java.lang.Object' while attempting to"
                + " activate '"
                + UncreatableHub.class.getName()
                + "'.\"}");
    assertThat(events).containsExactly("open", "close");
  }

  @Test
  void closesAHubThatTheApplicationMakes() {
    HubHarness<ClientProxy>.Client client = connect(() -> new ClosingHub(events));
    events.clear();
    client.sends(invoke("0", "One", ""));
    assertThat(client.received()).containsExactly(result("0", 1));
    assertThat(events).containsExactly("hub closed");
  }

  @Test
  void makesFiltersOfServices() {
    HubHarness<ClientProxy>.Client client = connect(FilteredHub::new);
    client.sends(invoke("0", "Say", ""));
    assertThat(client.received()).containsExactly(result("0", "\"hello world, hello again\""));
  }

  @Test
  void refusesAHubThatNobodyCanMake() {
    assertThatThrownBy(() -> HubType.of(ManyHub.class, extensions()))
        .hasMessage(
            ManyHub.class.getName()
                + " cannot be made by the server (expected: a class that is neither abstract nor"
                + " inner, with one public constructor)");
  }

  private HubHarness<ClientProxy>.Client connect(Supplier<? extends Hub<ClientProxy>> hub) {
    return connect(HubType.of(hub, extensions()));
  }

  private <H extends Hub<ClientProxy>> HubHarness<ClientProxy>.Client connect(Class<H> hub) {
    return connect(HubType.of(hub, extensions()));
  }

  private static HubHarness<ClientProxy>.Client connect(
      HubType<? extends Hub<ClientProxy>, ClientProxy> type) {
    return new HubHarness<>(type, HubHarness::detailed).connect();
  }

  private HubExtensions extensions() {
    return new HubExtensions(
        List.of(),
        resolver(
            key ->
                key.rawType() == Greeter.class
                    || key.rawType() == Missing.class
                    || key.rawType() == ServiceHub.class
                    || key.annotation(Chosen.class).isPresent()),
        Map.of(),
        null);
  }

  private ServiceResolver resolver(Predicate<ServiceKey> provides) {
    return new ServiceResolver() {
      @Override
      public boolean provides(ServiceKey key) {
        return provides.test(key);
      }

      @Override
      public ServiceScope openScope() {
        events.add("open");
        return new Services();
      }
    };
  }

  /** A container. */
  private final class Services implements ServiceScope {
    @Override
    public @Nullable Object find(ServiceKey key) {
      if (key.annotation(Chosen.class).isPresent()) {
        return "the " + key.annotation(Chosen.class).orElseThrow().value() + " one";
      }
      if (key.rawType() == Greeter.class) {
        events.add("find Greeter");
        return (Greeter) name -> "hello " + name;
      }
      if (key.rawType() == Journal.class) {
        return (Journal) events::add;
      }
      return key.rawType() == ServiceHub.class ? new ServiceHub(events) : null;
    }

    @Override
    public void close() {
      events.add("close");
    }
  }

  /** A service. */
  interface Greeter {
    String greet(String name);
  }

  /** A service that the container has not. */
  interface Missing {}

  /** A qualifier. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @interface Chosen {
    String value();
  }

  /** Takes services. */
  public final class ParameterHub extends Hub<ClientProxy> {
    public String greet(String name, Greeter greeter, String mark) {
      return greeter.greet(name) + mark;
    }

    public String name(@Chosen("fast") String name) {
      return name;
    }

    public void lack(Missing missing) {
      events.add("ran with " + missing);
    }

    public int plain() {
      return 1;
    }

    public Stream<String> greetings(Greeter greeter) {
      return Stream.of("1").map(greeter::greet).peek(item -> events.add("item"));
    }
  }

  /** Takes a stream. */
  public static final class UploadHub extends Hub<ClientProxy> {
    public void upload(StreamSource<String> items) {
      items.close();
    }
  }

  /** Counts its closings. */
  public static class ClosingHub extends Hub<ClientProxy> implements AutoCloseable {
    private final List<String> events;

    ClosingHub(List<String> events) {
      this.events = events;
    }

    public int one() {
      return 1;
    }

    @Override
    public void close() {
      events.add("hub closed");
    }
  }

  /** Belongs to the container. */
  public static final class ServiceHub extends ClosingHub {
    ServiceHub(List<String> events) {
      super(events);
    }

    public String say() {
      return "from the container";
    }
  }

  /** What a hub tells of. */
  interface Journal {
    void add(String event);
  }

  /** Made of services. */
  public static final class MadeHub extends Hub<ClientProxy> implements AutoCloseable {
    private final Greeter greeter;
    private final Journal journal;

    public MadeHub(Greeter greeter, Journal journal) {
      this.greeter = greeter;
      this.journal = journal;
    }

    public String say(String name) {
      return greeter.greet(name);
    }

    @Override
    public void close() {
      journal.add("hub closed");
    }
  }

  /** Made of what is not there. */
  public static final class UncreatableHub extends Hub<ClientProxy> {
    public UncreatableHub(Object needed) {
      throw new AssertionError("made of " + needed);
    }
  }

  /** Has more than one way to be made. */
  public static final class ManyHub extends Hub<ClientProxy> {
    public ManyHub() {}

    public ManyHub(Greeter greeter) {
      throw new AssertionError("made of " + greeter);
    }
  }

  /** Made of a service. */
  public static final class Adding implements HubFilter {
    private final Greeter greeter;

    public Adding(Greeter greeter) {
      this.greeter = greeter;
    }

    @Override
    public @Nullable Object invokeMethod(HubInvocationContext context, NextInvocation next)
        throws Exception {
      return next.proceed(context)
          + ", "
          + context.services().get(Greeter.class).greet("again")
          + greeter.greet("").substring("hello ".length());
    }
  }

  /** Has a filter that is made of a service. */
  public static final class FilteredHub extends Hub<ClientProxy> {
    @Filters(Adding.class)
    public String say(Greeter greeter) {
      return greeter.greet("world");
    }
  }
}
