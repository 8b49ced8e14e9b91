package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.registry.MemberList.Membership;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A member in the registry, with what it belongs to. */
final class Entry {
  private final HubMember member;
  private final Shard shard;
  private final String connectionId;
  private final @Nullable String userIdentifier;
  private final HubProtocol protocol;
  private final TransportConnection connection;

  /** By name. Changed by the lane's thread only, looked at by any. */
  private final Map<String, Membership> groups = new ConcurrentHashMap<>();

  /** Among all members of the shard. Lane thread only. */
  private @Nullable Membership inAll;

  /** Among the connections of the user, if there is one. Lane thread only. */
  private @Nullable Membership inUser;

  /** Written by the lane's thread, read by any. */
  private volatile boolean registered = true;

  /** Whether its connection is over, though it may still be registered. As {@link #registered}. */
  private volatile boolean over;

  Entry(HubMember member, Shard shard) {
    String user = member.userIdentifier();
    this.member = member;
    this.shard = shard;
    this.connectionId = member.connectionId();
    this.userIdentifier = user == null || user.isEmpty() ? null : user;
    this.protocol = member.protocol();
    this.connection = member.connection();
  }

  HubMember member() {
    return member;
  }

  Shard shard() {
    return shard;
  }

  String connectionId() {
    return connectionId;
  }

  HubProtocol protocol() {
    return protocol;
  }

  TransportConnection connection() {
    return connection;
  }

  /** Whether it is still in the registry. Any thread. */
  boolean isRegistered() {
    return registered;
  }

  /** Whether nothing comes from it any more. Any thread. */
  boolean isOver() {
    return over;
  }

  /** Lane thread only. */
  void end() {
    over = true;
  }

  /**
   * Whether an address means this member. Any thread; off the lane, group changes that were just
   * made may not show yet.
   */
  boolean isMeantBy(Address address) {
    return switch (address) {
      case Address.All(Set<String> excluded) -> !excluded.contains(connectionId);
      case Address.Connections(Set<String> ids) -> ids.contains(connectionId);
      case Address.Group(String name, Set<String> excluded) ->
          groups.containsKey(name) && !excluded.contains(connectionId);
      case Address.Groups(List<String> names) -> names.stream().anyMatch(groups::containsKey);
      case Address.Users(Set<String> ids) -> userIdentifier != null && ids.contains(userIdentifier);
    };
  }

  /** Lane thread only. */
  void enter(MemberList all, MemberIndex users) {
    inAll = all.add(this);
    inUser = userIdentifier == null ? null : users.add(userIdentifier, this);
  }

  /** Lane thread only. Does nothing if it is in the group, or out of the registry. */
  void join(MemberIndex allGroups, String groupName) {
    if (registered && !groups.containsKey(groupName)) {
      groups.put(groupName, allGroups.add(groupName, this));
    }
  }

  /** Lane thread only. Does nothing if it is not in the group. */
  void leave(String groupName) {
    end(groups.remove(groupName));
  }

  /** Lane thread only. Ends every membership; once. */
  void leaveEverything() {
    registered = false;
    end(inAll);
    end(inUser);
    groups.values().forEach(Membership::end);
    groups.clear();
  }

  /**
   * A message for it came without bytes in its protocol: it would miss what others are told, and so
   * cannot go on ({@code docs/protocol/backplane.md} §3.5). Any thread.
   */
  void cutOffForeign() {
    RegistryLog.protocolMissing(connectionId, protocol.name());
    connection.abort(CloseReason.ABORTED);
  }

  private static void end(@Nullable Membership membership) {
    if (membership != null) {
      membership.end();
    }
  }
}
