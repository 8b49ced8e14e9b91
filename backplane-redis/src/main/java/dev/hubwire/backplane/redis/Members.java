package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.LocalDelivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a hub that are here, with the groups each is in: who holds which subscription.
 * Safe for use by any thread.
 */
final class Members {
  private final Channels channels;
  private final Subscriptions subscriptions;
  private final LocalDelivery local;
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  Members(Channels channels, Subscriptions subscriptions, LocalDelivery local) {
    this.channels = channels;
    this.subscriptions = subscriptions;
    this.local = local;
  }

  private static final class Member {
    private final @Nullable String userId;

    /** Guarded by the member, like what follows. */
    private final Set<String> groups = new HashSet<>();

    private boolean gone;

    Member(@Nullable String userId) {
      this.userId = userId == null || userId.isEmpty() ? null : userId;
    }
  }

  /** Begins to listen for a connection. Completes as {@link Subscriptions#acquire} does. */
  CompletableFuture<@Nullable Void> add(String connectionId, @Nullable String userId) {
    Member member = new Member(userId);
    members.put(connectionId, member);
    CompletableFuture<@Nullable Void> own =
        subscriptions.acquire(channels.connection(connectionId));
    if (member.userId == null) {
      return own;
    }
    CompletableFuture<@Nullable Void> ofUser = subscriptions.acquire(channels.user(member.userId));
    return own.thenCombine(ofUser, (one, other) -> null);
  }

  /** Ends all that a connection listened for. */
  void remove(String connectionId) {
    Member member = members.remove(connectionId);
    if (member == null) {
      return;
    }
    List<String> left;
    synchronized (member) {
      member.gone = true;
      left = new ArrayList<>(member.groups);
      member.groups.clear();
    }
    subscriptions.release(channels.connection(connectionId));
    if (member.userId != null) {
      subscriptions.release(channels.user(member.userId));
    }
    left.forEach(group -> subscriptions.release(channels.group(group)));
  }

  boolean contains(String connectionId) {
    return members.containsKey(connectionId);
  }

  /**
   * Adds a connection to a group here.
   *
   * @return completes as {@link Subscriptions#acquire} does; null if the connection is not here
   */
  @Nullable CompletableFuture<@Nullable Void> join(String connectionId, String group) {
    Member member = members.get(connectionId);
    if (member == null) {
      return null;
    }
    CompletableFuture<@Nullable Void> settled;
    synchronized (member) {
      if (member.gone) {
        return null;
      }
      settled = subscriptions.acquire(channels.group(group));
      if (!member.groups.add(group)) {
        subscriptions.release(channels.group(group));
      }
    }
    apply(member, connectionId, group);
    return settled;
  }

  /**
   * Removes a connection from a group here.
   *
   * @return whether the connection is here
   */
  boolean leave(String connectionId, String group) {
    Member member = members.get(connectionId);
    if (member == null) {
      return false;
    }
    synchronized (member) {
      if (member.gone) {
        return false;
      }
      if (member.groups.remove(group)) {
        subscriptions.release(channels.group(group));
      }
    }
    apply(member, connectionId, group);
    return true;
  }

  /**
   * Makes the registry agree. It may wait for a lane, so no lock is held meanwhile; whoever sees
   * that the membership has changed again does it again, and so the last one leaves it right.
   */
  private void apply(Member member, String connectionId, String group) {
    boolean inside = isIn(member, group);
    boolean applied;
    do {
      applied = inside;
      boolean unused =
          applied
              ? local.addToGroup(connectionId, group)
              : local.removeFromGroup(connectionId, group);
      inside = isIn(member, group);
    } while (inside != applied);
  }

  private static boolean isIn(Member member, String group) {
    synchronized (member) {
      return member.groups.contains(group);
    }
  }
}
