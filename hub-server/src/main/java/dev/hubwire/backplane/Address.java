package dev.hubwire.backplane;

import java.util.List;
import java.util.Set;

/** Whom a message is for. Ids and names are compared exactly. Immutable. */
public sealed interface Address {
  /** Every connection of the hub but the excluded ones. */
  record All(Set<String> excludedConnectionIds) implements Address {
    public All {
      excludedConnectionIds = Set.copyOf(excludedConnectionIds);
    }
  }

  /** Some connections, each once. */
  record Connections(Set<String> connectionIds) implements Address {
    public Connections {
      connectionIds = Set.copyOf(connectionIds);
    }
  }

  /** The members of a group but the excluded ones. */
  record Group(String name, Set<String> excludedConnectionIds) implements Address {
    public Group {
      excludedConnectionIds = Set.copyOf(excludedConnectionIds);
    }
  }

  /** The members of some groups, in turn: a member of several receives once for each. */
  record Groups(List<String> names) implements Address {
    public Groups {
      names = List.copyOf(names);
    }
  }

  /** Every connection of some users, each once. */
  record Users(Set<String> userIds) implements Address {
    public Users {
      userIds = Set.copyOf(userIds);
    }
  }
}
