package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubMethod;
import dev.hubwire.registry.RecordingBackplane.Published;
import dev.hubwire.testing.TextProtocol;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ClientInterfaceTest {
  private static final Address ONE = new Address.Connections(Set.of("a"));
  private static final Address ALL = new Address.All(Set.of());

  private final RecordingBackplane backplane = new RecordingBackplane();
  private final MessageSender sender = new MessageSender(backplane);

  @Test
  void sendsACallOfAVoidMethodAsItIsNamed() {
    ChatClient client = client(ChatClient.class);
    client.receive("ada", 1);
    client.cleared();
    client.renamed("a", "b");
    assertThat(backplane.published)
        .startsWith(
            new Published(ONE, "receive", List.of("ada", 1)),
            new Published(ONE, "cleared", List.of()));
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
            new Published(ONE, "receive", List.of("ada", 1)),
            new Published(ONE, "cleared", List.of()));
  }

  @Test
  void runsDefaultMethodsHere() {
    client(ChatClient.class).twice("ada");
    assertThat(client(ChatClient.class).greeting("ada")).isEqualTo("Hello, ada");
    assertThat(backplane.published)
        .containsExactly(
            new Published(ONE, "receive", List.of("ada", 1)),
            new Published(ONE, "receive", List.of("ada", 2)));
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
    Function<Address, ChatClient> targets = ClientInterface.of(ChatClient.class).over(sender);
    assertThat(targets.apply(ONE)).hasToString("ChatClient to " + ONE);
    assertThat(targets.apply(ONE)).isNotEqualTo(targets.apply(ALL)).isNotEqualTo(sender);
    assertThat(client.equals(null)).isFalse();
    assertThat(client(ClientProxy.class)).hasToString("ClientProxy to " + ONE);
    assertThat(backplane.published).isEmpty();
  }

  @Test
  void callsTwoClientsOfOneAddressEqual() {
    Function<Address, ChatClient> targets = ClientInterface.of(ChatClient.class).over(sender);
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
  void refusesMethodsThatReturnSomething() {
    assertThatThrownBy(() -> ClientInterface.of(AskingClient.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AskingClient.answer returns String: make it void, for clients do not answer");
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
    String answer(String question);
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
