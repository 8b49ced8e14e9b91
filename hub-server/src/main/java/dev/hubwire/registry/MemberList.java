package dev.hubwire.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Some members of one shard, such as those of a group, in no order. Adding and removing take
 * constant time. Lane thread only.
 */
final class MemberList {
  private final Runnable whenEmpty;
  private final List<Membership> memberships = new ArrayList<>();

  /**
   * @param whenEmpty called when the last member has left
   */
  MemberList(Runnable whenEmpty) {
    this.whenEmpty = whenEmpty;
  }

  /** Adds an entry that is not in the list. */
  Membership add(Entry entry) {
    Membership added = new Membership(this, entry, memberships.size());
    memberships.add(added);
    return added;
  }

  /**
   * Visits every entry but the excluded ones. An entry may leave the list while it is visited, as
   * one does whose connection breaks on delivery: from the end to the start, what takes its place
   * was visited before.
   */
  void forEach(Set<String> excludedConnectionIds, Consumer<Entry> visitor) {
    boolean everyone = excludedConnectionIds.isEmpty();
    for (int i = memberships.size() - 1; i >= 0; i--) {
      Entry entry = memberships.get(i).entry;
      if (everyone || !excludedConnectionIds.contains(entry.connectionId())) {
        visitor.accept(entry);
      }
    }
  }

  int size() {
    return memberships.size();
  }

  private void remove(Membership ended) {
    Membership last = memberships.removeLast();
    if (last != ended) {
      memberships.set(ended.index, last);
      last.index = ended.index;
    }
    if (memberships.isEmpty()) {
      whenEmpty.run();
    }
  }

  /** That an entry is in a list. */
  static final class Membership {
    private final MemberList list;
    private final Entry entry;

    /** The place in the list. Lane thread only. */
    private int index;

    private Membership(MemberList list, Entry entry, int index) {
      this.list = list;
      this.entry = entry;
      this.index = index;
    }

    /** Takes the entry off the list; at most once. */
    void end() {
      list.remove(this);
    }
  }
}
