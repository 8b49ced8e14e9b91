package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.transport.Lane;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The members of a hub whose connections live on one lane. All state but the size is touched by the
 * lane's thread only.
 */
final class Shard {
  private static final Set<String> NOBODY = Set.of();

  private final Lane lane;
  private final MemberList all = new MemberList(() -> {});
  private final MemberIndex groups = new MemberIndex();
  private final MemberIndex users = new MemberIndex();

  /** Written by the lane's thread, read by any. */
  private volatile int size;

  Shard(Lane lane) {
    this.lane = lane;
  }

  Lane lane() {
    return lane;
  }

  /** How many members it has. Any thread. */
  int size() {
    return size;
  }

  /** Whether it holds no member, group or user. */
  boolean isEmpty() {
    return all.size() == 0 && groups.isEmpty() && users.isEmpty();
  }

  void add(Entry entry) {
    entry.enter(all, users);
    size = all.size();
  }

  void remove(Entry entry) {
    entry.leaveEverything();
    size = all.size();
  }

  void join(Entry entry, String groupName) {
    entry.join(groups, groupName);
  }

  /** Visits those whom an address means, as often as it means them. */
  void forEach(Address address, Consumer<Entry> visitor) {
    switch (address) {
      case Address.All(Set<String> excluded) -> all.forEach(excluded, visitor);
      case Address.Connections(Set<String> ids) ->
          throw new IllegalArgumentException(ids + " (expected: an address not looked up by id)");
      case Address.Group(String name, Set<String> excluded) ->
          groups.forEach(name, excluded, visitor);
      case Address.Groups(List<String> names) ->
          names.forEach(name -> groups.forEach(name, NOBODY, visitor));
      case Address.Users(Set<String> ids) -> ids.forEach(id -> users.forEach(id, NOBODY, visitor));
    }
  }
}
