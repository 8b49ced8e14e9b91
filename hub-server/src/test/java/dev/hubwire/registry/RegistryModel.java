package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.testing.ManualLane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a registry has to do, said in the plainest way: one flat list of members, one set of
 * memberships, and for each lane the changes and messages that were posted and not run yet.
 */
final class RegistryModel {
  private final List<Modelled> members = new ArrayList<>();
  private final Set<Membership> memberships = new HashSet<>();
  private final Map<ManualLane, Queue<Runnable>> posted = new HashMap<>();

  /** A member, and what it should have received. */
  record Modelled(String id, String user, ManualLane lane, List<String> received) {
    /** Each stands for itself: an id may come back. */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private record Membership(Modelled member, String group) {}

  List<Modelled> members() {
    return List.copyOf(members);
  }

  Modelled add(String id, String user, ManualLane lane) {
    Modelled added = new Modelled(id, user, lane, new ArrayList<>());
    members.add(added);
    return added;
  }

  void remove(Modelled member) {
    members.remove(member);
    memberships.removeIf(membership -> membership.member().equals(member));
  }

  void join(String id, String group) {
    members.stream()
        .filter(member -> member.id().equals(id))
        .forEach(
            member ->
                post(
                    member.lane(),
                    () -> {
                      if (members.contains(member)) {
                        memberships.add(new Membership(member, group));
                      }
                    }));
  }

  void leave(String id, String group) {
    members.stream()
        .filter(member -> member.id().equals(id))
        .forEach(
            member -> post(member.lane(), () -> memberships.remove(new Membership(member, group))));
  }

  void send(Address address, String text) {
    if (address instanceof Address.Connections(Set<String> ids)) {
      sendById(members.stream().filter(member -> ids.contains(member.id())).toList(), text);
    } else {
      postToLanesOf(
          members,
          lane ->
              members.stream()
                  .filter(member -> member.lane().equals(lane))
                  .forEach(member -> deliver(address, member, text)));
    }
  }

  private void sendById(List<Modelled> known, String text) {
    if (known.size() == 1) {
      // It is in the connection's hands at once, and arrives even if the member leaves.
      Modelled only = known.getFirst();
      post(only.lane(), () -> only.received().add(text));
    } else {
      postToLanesOf(
          known,
          lane ->
              known.stream()
                  .filter(member -> member.lane().equals(lane) && members.contains(member))
                  .forEach(member -> member.received().add(text)));
    }
  }

  private void postToLanesOf(List<Modelled> receivers, Consumer<ManualLane> task) {
    receivers.stream()
        .map(Modelled::lane)
        .distinct()
        .forEach(lane -> post(lane, () -> task.accept(lane)));
  }

  void runOne(ManualLane lane) {
    Runnable task = posted.getOrDefault(lane, new ArrayDeque<>()).poll();
    if (task != null) {
      task.run();
    }
  }

  private void deliver(Address address, Modelled member, String text) {
    for (int i = 0; i < copies(address, member); i++) {
      member.received().add(text);
    }
  }

  private long copies(Address address, Modelled member) {
    return switch (address) {
      case Address.All(Set<String> excluded) -> excluded.contains(member.id()) ? 0 : 1;
      case Address.Group(String name, Set<String> excluded) ->
          isIn(member, name) && !excluded.contains(member.id()) ? 1 : 0;
      case Address.Groups(List<String> names) ->
          names.stream().filter(name -> isIn(member, name)).count();
      case Address.Users(Set<String> ids) -> ids.contains(member.user()) ? 1 : 0;
      case Address.Connections connections ->
          throw new IllegalArgumentException(connections + " (expected: handled before)");
    };
  }

  private boolean isIn(Modelled member, String group) {
    return memberships.contains(new Membership(member, group));
  }

  private void post(ManualLane lane, Runnable task) {
    Objects.requireNonNull(posted.computeIfAbsent(lane, key -> new ArrayDeque<>())).add(task);
  }
}
