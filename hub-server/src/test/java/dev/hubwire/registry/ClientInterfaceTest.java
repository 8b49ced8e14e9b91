package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.Cancellation;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubException;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.registry.RecordingBackplane.Published;
import dev.hubwire.testing.ManualCancellation;
import dev.hubwire.testing.ManualTimer;
import dev.hubwire.testing.TextProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientInterfaceTest {
  private static final Destination ONE = Destination.one("a");
  private static final Destination ALL = Destination.any(new Address.All(Set.of()));

  private final RecordingBackplane backplane = new RecordingBackplane();
  private final MessageSender sender =
      new MessageSender(backplane, new Waiting(Runnable::run, new ManualTimer(), new Lanes()));

  @Test
  void sendsACallOfAVoidMethodAsItIsNamed() {
    ChatClient client = client(ChatClient.class);
    client.receive("ada", 1);
    client.cleared();
    client.renamed("a", "b");
    assertThat(backplane.published)
        .startsWith(
            new Published(ONE.address(), "receive", List.of("ada", 1)),
            new Published(ONE.address(), "cleared", List.of()));
    Published varargs = backplane.published.getLast();
    assertThat(varargs.target()).isEqualTo("other-name");
    // One parameter is one argument on the wire, whatever Java makes of it.
    assertThat(varargs.arguments()).hasSize(1);
    assertThat(varargs.arguments().getFirst()).isEqualTo(new String[] {"a", "b"});
  }

  @Test
  void sendsCallsByNameThroughTheProxy() {
    client(ClientProxy.class).send("receive", "ada", 1);
    client(ClientProxy.class).send("cleared");
    assertThat(backplane.published)
        .containsExactly(
            new Published(ONE.address(), "receive", List.of("ada", 1)),
            new Published(ONE.address(), "cleared", List.of()));
  }

  @Test
  void runsDefaultMethodsHere() {
    client(ChatClient.class).twice("ada");
    assertThat(client(ChatClient.class).greeting("ada")).isEqualTo("Hello, ada");
    assertThat(backplane.published)
        .containsExactly(
            new Published(ONE.address(), "receive", List.of("ada", 1)),
            new Published(ONE.address(), "receive", List.of("ada", 2)));
    assertThatThrownBy(() -> client(ChatClient.class).refuse())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("by design");
  }

  @Test
  void sendsMethodsOfInheritedInterfacesAlsoWhenTheirTypesAreFixed() {
    Derived client = client(Derived.class);
    client.on("text");
    client.both();
    client.receive("ada", 1);
    assertThat(backplane.published)
        .extracting(Published::target)
        .containsExactly("on", "both", "receive");
  }

  @Test
  void answersTheMethodsOfObjectItself() {
    ChatClient client = client(ChatClient.class);
    Function<Destination, ChatClient> targets = ClientInterface.of(ChatClient.class).over(sender);
    assertThat(targets.apply(ONE)).hasToString("ChatClient to " + ONE.address());
    assertThat(targets.apply(ONE)).isNotEqualTo(targets.apply(ALL)).isNotEqualTo(sender);
    assertThat(client.equals(null)).isFalse();
    assertThat(client(ClientProxy.class)).hasToString("ClientProxy to " + ONE.address());
    assertThat(backplane.published).isEmpty();
  }

  @Test
  void callsTwoClientsOfOneAddressEqual() {
    Function<Destination, ChatClient> targets = ClientInterface.of(ChatClient.class).over(sender);
    assertThat(targets.apply(ONE))
        .isEqualTo(targets.apply(ONE))
        .hasSameHashCodeAs(targets.apply(ONE));
  }

  @Test
  void tellsWhichMethodHadAnArgumentThatCannotBeWritten() {
    assertThatThrownBy(() -> client(ClientProxy.class).send("receive", TextProtocol.UNWRITABLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an argument of 'receive' cannot be written: unwritable");
  }

  @Test
  void refusesANullNameAndNullArguments() {
    ClientProxy proxy = client(ClientProxy.class);
    assertThatThrownBy(() -> proxy.send(Nulls.TEXT))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("method: null");
    assertThatThrownBy(() -> proxy.send("m", Nulls.ARRAY))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("arguments: null");
  }

  @Test
  void refusesWhatIsNoInterfaceOfTheApplication() {
    assertThatThrownBy(() -> ClientInterface.of(String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "java.lang.String cannot stand for the clients of a hub: make it an interface that is"
                + " not sealed, or use ClientProxy");
    assertThatThrownBy(() -> ClientInterface.of(SealedClient.class))
        .hasMessageContaining("not sealed");
    assertThatThrownBy(() -> ClientInterface.of(MixedClient.class))
        .hasMessageContaining("extends ClientProxy: use ClientProxy itself");
  }

  @Test
  void asksWithMethodsThatReturnSomething() {
    AskingClient client = client(AskingClient.class);
    CompletableFuture<List<String>> names = client.names(1).toCompletableFuture();
    RecordingBackplane.Asked asked = backplane.asked.getLast();
    assertThat(asked.connectionId()).isEqualTo("a");
    assertThat(asked.call().target()).isEqualTo("names");
    assertThat(asked.call().arguments()).hasToString("[1]");
    assertThat(asked.call().resultType()).hasToString("java.util.List<java.lang.String>");
    asked.result().complete(List.of("ada"));
    assertThat(names).isCompletedWithValue(List.of("ada"));
    backplane.answer = 7;
    assertThat(client.age()).isEqualTo(7);
    assertThat(backplane.asked.getLast().call().resultType()).isEqualTo(int.class);
  }

  @Test
  void keepsACancellationToItself() {
    ManualCancellation cancellation = new ManualCancellation();
    CompletableFuture<String> answer = client(AskingClient.class).slow("q", cancellation);
    assertThat(backplane.asked.getLast().call().arguments()).hasToString("[q]");
    cancellation.cancel();
    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(HubException.class)
        .withMessage("Invocation canceled by the server.");
  }

  @Test
  void asksOneClientOnly() {
    Function<Destination, AskingClient> targets =
        ClientInterface.of(AskingClient.class).over(sender);
    Address one = new Address.Connections(Set.of("a"));
    for (Destination several : List.of(ALL, Destination.any(one))) {
      assertThatThrownBy(() -> targets.apply(several).age())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("InvokeAsync only works with Single clients.");
      assertThatThrownBy(() -> targets.apply(several).names(1))
          .hasMessage("InvokeAsync only works with Single clients.");
    }
    assertThat(backplane.asked).isEmpty();
  }

  @Test
  void refusesAnswersThatClientsCannotGive() {
    assertRefused(VoidAnswer.class, "VoidAnswer.done returns");
    assertRefused(StreamAnswer.class, "a client answers with one value");
    assertRefused(RawAnswer.class, "name the type that the client answers with");
    assertRefused(GenericAnswer.class, "name the type that the client answers with");
    assertRefused(CancellableSend.class, "it returns nothing that is waited for");
    assertRefused(CancellationFirst.class, "make it the last parameter");
  }

  private static void assertRefused(Class<?> type, String message) {
    assertThatThrownBy(() -> ClientInterface.of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesTwoMethodsOfOneNameOnTheWire() {
    assertThatThrownBy(() -> ClientInterface.of(OverloadedClient.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both call 'receive'")
        .hasMessageContaining("@HubMethod");
    assertThatThrownBy(() -> ClientInterface.of(SameNameClient.class))
        .hasMessageContaining("ignoring case");
    assertThatThrownBy(() -> ClientInterface.of(NamelessClient.class))
        .hasMessage("@HubMethod of NamelessClient.receive: empty (expected: a name for the wire)");
  }

  private <C> C client(Class<C> type) {
    return ClientInterface.of(type).over(sender).apply(ONE);
  }

  interface ChatClient {
    static int unused() {
      return 0;
    }

    void receive(String user, int number);

    void cleared();

    @HubMethod("other-name")
    void renamed(String... values);

    default void twice(String user) {
      receive(user, 1);
      receive(user, 2);
    }

    default String greeting(String user) {
      return "Hello, " + user;
    }

    default void refuse() {
      throw new UnsupportedOperationException("by design");
    }

    @Override
    String toString();
  }

  interface Base<T> {
    void on(T value);

    void both();
  }

  interface Other {
    void both();
  }

  interface Derived extends Base<String>, Other, ChatClient {
    @Override
    void on(String value);
  }

  sealed interface SealedClient permits SealedClientImplementation {
    void receive();
  }

  record SealedClientImplementation() implements SealedClient {
    @Override
    public void receive() {}
  }

  interface MixedClient extends ClientProxy {
    void receive();
  }

  interface AskingClient {
    int age();

    CompletionStage<List<String>> names(int limit);

    CompletableFuture<String> slow(String question, Cancellation cancellation);
  }

  interface VoidAnswer {
    CompletionStage<Void> done();
  }

  interface StreamAnswer {
    Stream<String> lines();
  }

  @SuppressWarnings("rawtypes") // What is refused.
  interface RawAnswer {
    CompletionStage answer();
  }

  interface GenericAnswer {
    @SuppressWarnings("TypeParameterUnusedInFormals") // What is refused.
    <T> T answer();
  }

  interface CancellableSend {
    void send(Cancellation cancellation);
  }

  interface CancellationFirst {
    String answer(Cancellation cancellation, String question);
  }

  interface OverloadedClient {
    void receive(String text);

    void receive(int number);
  }

  interface SameNameClient {
    void receive();

    @HubMethod("Receive")
    void other();
  }

  interface NamelessClient {
    @HubMethod("")
    void receive();
  }
}
