package dev.hubwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.hub.Authorize;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HubTypeTest {

  @Test
  void learnsTheClassFromAHubThatTheFactoryMakes() throws Exception {
    HubType<PlainHub, ClientProxy> type = HubType.of(PlainHub::new, HubExtensions.NONE);
    assertThat(type.hubClass()).isEqualTo(PlainHub.class);
    assertThat(type.newHub(null)).isNotSameAs(type.newHub(null));
    assertThat(type.methods().find("ping")).isNotNull();
  }

  @Test
  void findsTheClientsInterfaceThroughTheClassesInBetween() {
    assertThat(HubType.of(PlainHub::new, HubExtensions.NONE).clientInterface().type())
        .isEqualTo(ClientProxy.class);
    assertThat(HubType.of(LeafHub::new, HubExtensions.NONE).clientInterface().type())
        .isEqualTo(Listener.class);
    assertThat(HubType.of(NewsHub::new, HubExtensions.NONE).clientInterface().type())
        .isEqualTo(Feed.class);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // What the test is about.
  void refusesAHubThatDoesNotSayWhatItsClientsAre() {
    assertThatThrownBy(() -> HubType.of((Class) RawHub.class, RawHub::new, HubExtensions.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            RawHub.class.getName()
                + " does not say what its clients are called through: extend Hub<ClientProxy>, or"
                + " Hub of an interface with the clients' methods");
  }

  @Test
  void refusesClientsThatAreNoInterface() {
    assertThatThrownBy(() -> HubType.of(ClassClientsHub::new, HubExtensions.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String cannot stand for the clients of a hub");
  }

  @Test
  void knowsWhetherTheHubHearsOfConnections() {
    HubType<?, ?> plain = HubType.of(PlainHub::new, HubExtensions.NONE);
    assertThat(plain.hearsConnected()).isFalse();
    assertThat(plain.hearsDisconnected()).isFalse();
    HubType<?, ?> leaf = HubType.of(LeafHub::new, HubExtensions.NONE);
    assertThat(leaf.hearsConnected()).isTrue();
    assertThat(leaf.hearsDisconnected()).isTrue();
  }

  @Test
  void asksForWhatEveryClassOfTheHubAsksFor() {
    assertThat(HubType.of(PlainHub::new, HubExtensions.NONE).requirements()).isEmpty();
    assertThat(HubType.of(LeafHub::new, HubExtensions.NONE).requirements())
        .containsExactly(new Requirement(Set.of("admin"), null), new Requirement(Set.of(), null));
  }

  interface Listener {
    void receive(String text);
  }

  interface Feed<T> {
    void item(T item);
  }

  static final class PlainHub extends Hub<ClientProxy> {
    public void ping() {}

    public void onConnected(String overload) {}
  }

  @Authorize
  abstract static class BaseHub<A, B> extends Hub<B> {
    @Override
    public void onConnected() {}

    @Override
    public void onDisconnected(@Nullable Throwable error) {}
  }

  @Authorize(roles = "admin")
  static final class LeafHub extends BaseHub<String, Listener> {}

  static final class NewsHub extends Hub<Feed<String>> {}

  @SuppressWarnings("rawtypes") // What the test is about.
  static final class RawHub extends Hub {}

  static final class ClassClientsHub extends Hub<String> {}
}
