package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubCallerClients;
import dev.hubwire.hub.HubClients;
import dev.hubwire.registry.RecordingBackplane.Published;
import dev.hubwire.testing.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackplaneHubContextTest {
  private final RecordingBackplane backplane = new RecordingBackplane();
  private final BackplaneHubContext<ClientProxy> context =
      new BackplaneHubContext<>(
          ClientInterface.of(ClientProxy.class),
          backplane,
          new Waiting(Runnable::run, new ManualTimer(), new Lanes()));
  private final HubClients<ClientProxy> clients = context.clients();

  @Test
  void turnsEachWayToNameClientsIntoAnAddress() {
    assertThat(address(clients.all())).isEqualTo(new Address.All(Set.of()));
    assertThat(address(clients.allExcept(List.of("a", "a"))))
        .isEqualTo(new Address.All(Set.of("a")));
    assertThat(address(clients.client("a"))).isEqualTo(new Address.Connections(Set.of("a")));
    assertThat(address(clients.clients(List.of("a", "b", "a"))))
        .isEqualTo(new Address.Connections(Set.of("a", "b")));
    assertThat(address(clients.group("g"))).isEqualTo(new Address.Group("g", Set.of()));
    assertThat(address(clients.groupExcept("g", List.of("a"))))
        .isEqualTo(new Address.Group("g", Set.of("a")));
    assertThat(address(clients.groups(List.of("g", "h", "g"))))
        .isEqualTo(new Address.Groups(List.of("g", "h", "g")));
    assertThat(address(clients.user("u"))).isEqualTo(new Address.Users(Set.of("u")));
    assertThat(address(clients.users(List.of("u", "v", "u"))))
        .isEqualTo(new Address.Users(Set.of("u", "v")));
  }

  @Test
  void knowsTheCallerAndTheOthers() {
    HubCallerClients<ClientProxy> ofCaller = context.clientsFor("me", () -> {});
    assertThat(address(ofCaller.caller())).isEqualTo(new Address.Connections(Set.of("me")));
    assertThat(address(ofCaller.others())).isEqualTo(new Address.All(Set.of("me")));
    assertThat(address(ofCaller.othersInGroup("g")))
        .isEqualTo(new Address.Group("g", Set.of("me")));
    assertThat(ofCaller.all()).isEqualTo(clients.all());
    assertThat(address(ofCaller.group("g"))).isEqualTo(new Address.Group("g", Set.of()));
  }

  @Test
  void knowsTheSameByName() {
    HubCallerClients<ClientProxy> ofCaller = context.clientsFor("me", () -> {});
    assertThat(ofCaller.byName().othersInGroup("g")).isEqualTo(ofCaller.othersInGroup("g"));
    assertThat(clients.byName().client("a")).isEqualTo(clients.client("a"));
  }

  @Test
  void tellsACallBeforeItAsksAClient() {
    HubCallerClients<ClientProxy> ofCaller =
        context.clientsFor(
            "me",
            () -> {
              throw new IllegalStateException("not now");
            });
    ofCaller.caller().send("m");
    assertThatThrownBy(() -> ofCaller.caller().invoke("m", String.class)).hasMessage("not now");
    assertThatThrownBy(() -> ofCaller.client("a").invokeAndWait("m", String.class))
        .hasMessage("not now");
    assertThatThrownBy(
            () -> ofCaller.byName().others().gather("m", String.class, Duration.ofSeconds(1)))
        .hasMessage("not now");
    assertThat(backplane.asked).isEmpty();
  }

  @Test
  void doesNotFollowLaterChangesOfACollection() {
    List<String> ids = new ArrayList<>(List.of("a"));
    ClientProxy client = clients.clients(ids);
    ids.add("b");
    assertThat(address(client)).isEqualTo(new Address.Connections(Set.of("a")));
  }

  @Test
  void sendsToTheGroupsBeforeAnEmptyNameAndThenFails() {
    assertThatThrownBy(() -> clients.groups(List.of("g", "h", "", "i")).send("m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot send to an empty group name.");
    assertThat(backplane.published)
        .extracting(Published::address)
        .containsExactly(new Address.Groups(List.of("g", "h")));
  }

  @Test
  void sendsToOneGroupWithAnEmptyName() {
    assertThat(address(clients.group(""))).isEqualTo(new Address.Group("", Set.of()));
  }

  @Test
  void changesGroups() {
    context.groups().add("a", "g");
    context.groups().remove("a", "g");
    context.groups().add("a", "");
    assertThat(backplane.groupChanges).containsExactly("+a@g", "-a@g", "+a@");
  }

  @Test
  void saysWhichValueIsNull() {
    assertNull(() -> clients.client(Nulls.TEXT), "connectionId: null (expected: a text)");
    assertNull(() -> clients.group(Nulls.TEXT), "groupName: null (expected: a text)");
    assertNull(() -> clients.user(Nulls.TEXT), "userId: null (expected: a text)");
    assertNull(
        () -> clients.allExcept(Nulls.LIST),
        "excludedConnectionIds: null (expected: a collection)");
    List<String> withNull = new ArrayList<>();
    withNull.add(Nulls.TEXT);
    assertNull(() -> clients.groups(withNull), "a value of groupNames: null (expected: a text)");
    assertNull(() -> context.groups().add("a", Nulls.TEXT), "groupName: null (expected: a text)");
    assertNull(
        () -> context.groups().remove(Nulls.TEXT, "g"), "connectionId: null (expected: a text)");
    assertThat(backplane.groupChanges).isEmpty();
  }

  private static void assertNull(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class).hasMessage(message);
  }

  private Address address(ClientProxy client) {
    client.send("m");
    return backplane.published.getLast().address();
  }
}
