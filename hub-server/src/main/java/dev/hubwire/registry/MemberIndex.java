package dev.hubwire.registry;

import dev.hubwire.registry.MemberList.Membership;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The members of one shard by the name of something they belong to. A name is known from its first
 * member until its last one leaves. Lane thread only.
 */
final class MemberIndex {
  private final Map<String, MemberList> lists = new HashMap<>();

  /** Adds an entry that is not under this name. */
  Membership add(String name, Entry entry) {
    return lists.computeIfAbsent(name, key -> new MemberList(() -> lists.remove(key))).add(entry);
  }

  void forEach(String name, Set<String> excludedConnectionIds, Consumer<Entry> visitor) {
    MemberList list = lists.get(name);
    if (list != null) {
      list.forEach(excludedConnectionIds, visitor);
    }
  }

  boolean isEmpty() {
    return lists.isEmpty();
  }
}
