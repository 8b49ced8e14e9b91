package dev.hubwire.backplane;

import java.util.List;
import java.util.Set;

/** Whom a message is for. */
public sealed interface Address {
  /** Every connection of the hub but the excluded ones. */
  record All(Set<String> excludedConnectionIds) implements Address {}

  /** Some connections, each once. */
  record Connections(Set<String> connectionIds) implements Address {}

  /** The members of a group but the excluded ones. */
  record Group(String name, Set<String> excludedConnectionIds) implements Address {}

  /** The members of some groups, in turn: a member of several receives once for each. */
  record Groups(List<String> names) implements Address {}

  /** Every connection of some users, each once. */
  record Users(Set<String> userIds) implements Address {}
}
