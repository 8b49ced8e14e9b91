package dev.hubwire.backplane.redis;

import org.jspecify.annotations.Nullable;

/**
 * The names of the channels of one hub ({@code docs/protocol/backplane.md} §2). Names of groups,
 * users and connections go in as they are. Immutable.
 */
final class Channels {
  private static final String CONNECTION = ":connection:";
  private static final String GROUP = ":group:";
  private static final String USER = ":user:";
  private static final String ACK = ":internal:ack:";
  private static final String RETURN = ":internal:return:";

  private final String prefix;
  private final String hub;
  private final String serverName;
  private final String all;
  private final String groupCommands;
  private final String acks;
  private final String returns;

  /**
   * @param prefix in front of every name, with nothing in between; may be empty
   * @param hubName the hub's full type name
   * @param serverName this server's, unique for this hub
   */
  Channels(String prefix, String hubName, String serverName) {
    this.prefix = prefix;
    this.hub = prefix + hubName;
    this.serverName = serverName;
    this.all = hub + ":all";
    this.groupCommands = hub + ":internal:groups";
    this.acks = acks(serverName);
    this.returns = hub + RETURN + serverName;
  }

  /** What a channel is for. */
  sealed interface Purpose {
    record All() implements Purpose {}

    record Connection(String id) implements Purpose {}

    record Group(String name) implements Purpose {}

    record User(String id) implements Purpose {}

    record GroupCommands() implements Purpose {}

    record Acks() implements Purpose {}

    record Returns() implements Purpose {}
  }

  String serverName() {
    return serverName;
  }

  String all() {
    return all;
  }

  String connection(String connectionId) {
    return hub + CONNECTION + connectionId;
  }

  String group(String name) {
    return hub + GROUP + name;
  }

  String user(String userId) {
    return hub + USER + userId;
  }

  String groupCommands() {
    return groupCommands;
  }

  /** Where this server hears that its group commands were carried out. */
  String acks() {
    return acks;
  }

  String acks(String ofServer) {
    return hub + ACK + ofServer;
  }

  /** Where this server hears what clients of other servers answered. */
  String returns() {
    return returns;
  }

  /** {@link #returns()} as messages carry it: the prefix is the publisher's business. */
  String returnsInMessages() {
    return returns.substring(prefix.length());
  }

  /** A channel that a message of another server names. */
  String named(String nameInMessage) {
    return prefix + nameInMessage;
  }

  /** What a channel of this hub is for; null for any other. */
  @Nullable Purpose purposeOf(String channel) {
    if (channel.equals(all)) {
      return new Purpose.All();
    }
    if (!channel.startsWith(hub)) {
      return null;
    }
    if (channel.startsWith(GROUP, hub.length())) {
      return new Purpose.Group(channel.substring(hub.length() + GROUP.length()));
    }
    if (channel.startsWith(USER, hub.length())) {
      return new Purpose.User(channel.substring(hub.length() + USER.length()));
    }
    if (channel.startsWith(CONNECTION, hub.length())) {
      return new Purpose.Connection(channel.substring(hub.length() + CONNECTION.length()));
    }
    if (channel.equals(groupCommands)) {
      return new Purpose.GroupCommands();
    }
    if (channel.equals(acks)) {
      return new Purpose.Acks();
    }
    return channel.equals(returns) ? new Purpose.Returns() : null;
  }
}
