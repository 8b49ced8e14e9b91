package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.HubClients;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Clients by address. Immutable. */
class AddressedClients<C> implements HubClients<C> {
  private static final Set<String> NOBODY = Set.of();

  private final Function<Destination, C> targets;
  private final Function<Destination, ClientProxy> byName;

  /**
   * @param targets makes what is called to reach a destination
   * @param byName the same, called by name
   */
  AddressedClients(Function<Destination, C> targets, Function<Destination, ClientProxy> byName) {
    this.targets = targets;
    this.byName = byName;
  }

  @Override
  public HubClients<ClientProxy> byName() {
    return new AddressedClients<>(byName, byName);
  }

  final Function<Destination, ClientProxy> targetsByName() {
    return byName;
  }

  @Override
  public final C all() {
    return to(new Address.All(NOBODY));
  }

  @Override
  public final C allExcept(Collection<String> excludedConnectionIds) {
    return to(new Address.All(set(excludedConnectionIds, "excludedConnectionIds")));
  }

  @Override
  public final C client(String connectionId) {
    return to(Destination.one(one(connectionId, "connectionId")));
  }

  @Override
  public final C clients(Collection<String> connectionIds) {
    return to(new Address.Connections(set(connectionIds, "connectionIds")));
  }

  @Override
  public final C group(String groupName) {
    return to(new Address.Group(one(groupName, "groupName"), NOBODY));
  }

  @Override
  public final C groupExcept(String groupName, Collection<String> excludedConnectionIds) {
    return to(
        new Address.Group(
            one(groupName, "groupName"), set(excludedConnectionIds, "excludedConnectionIds")));
  }

  @Override
  public final C groups(Collection<String> groupNames) {
    return to(new Address.Groups(List.copyOf(all(groupNames, "groupNames"))));
  }

  @Override
  public final C user(String userId) {
    return to(new Address.Users(Set.of(one(userId, "userId"))));
  }

  @Override
  public final C users(Collection<String> userIds) {
    return to(new Address.Users(set(userIds, "userIds")));
  }

  final C to(Address address) {
    return to(Destination.any(address));
  }

  final C to(Destination destination) {
    return targets.apply(destination);
  }

  static String one(String value, String name) {
    return Objects.requireNonNull(value, () -> name + ": null (expected: a text)");
  }

  private static Set<String> set(Collection<String> values, String name) {
    return Set.copyOf(all(values, name));
  }

  private static Collection<String> all(Collection<String> values, String name) {
    Objects.requireNonNull(values, () -> name + ": null (expected: a collection)");
    values.forEach(value -> one(value, "a value of " + name));
    return values;
  }
}
