package dev.hubwire.backplane.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Which channels this server listens to, and why: each has a count of those who want it. Redis is
 * asked when the first one comes and when the last one has gone, and for everything that is wanted
 * when there is a new session. Requests are handed to the session in the order of the changes that
 * cause them, so that what Redis does in the end is what is wanted. Nothing waits in here.
 *
 * <p>Safe for use by any thread; the state is guarded by {@code this}, and futures are completed
 * outside of it.
 */
final class Subscriptions {
  /** Channels in one request of a new session. */
  private static final int BATCH = 500;

  private final Map<String, Subscription> wanted = new HashMap<>();

  /** How many requests for a channel Redis has not confirmed in this session. */
  private final Map<String, Integer> unconfirmed = new HashMap<>();

  /** What was wanted when the session came and is not confirmed. */
  private final Set<String> initial = new HashSet<>();

  /** Null while Redis is away. */
  private @Nullable Wire session;

  /** Completes when all of {@link #initial} is confirmed. */
  private CompletableFuture<@Nullable Void> whole = new CompletableFuture<>();

  /** Where requests go; a session with Redis. Takes them in order, and never waits. */
  interface Wire {
    /** Asks for what is published on some channels; confirmed one by one. */
    void subscribe(Collection<String> channels);

    void unsubscribe(String channel);
  }

  private static final class Subscription {
    private int holders;

    /** Done when Redis has confirmed it, or is away. */
    private CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
  }

  /**
   * One more wants a channel.
   *
   * @return completes, and never with a failure, when what is published from then on arrives, or
   *     when it cannot because Redis is away
   */
  synchronized CompletableFuture<@Nullable Void> acquire(String channel) {
    Subscription subscription = wanted.get(channel);
    if (subscription == null) {
      subscription = new Subscription();
      wanted.put(channel, subscription);
      if (session == null) {
        subscription.settled.complete(null); // Nobody has seen it yet.
      } else {
        unconfirmed.merge(channel, 1, Integer::sum);
        session.subscribe(List.of(channel));
      }
    }
    subscription.holders++;
    return subscription.settled;
  }

  /** One less wants a channel that was acquired. */
  void release(String channel) {
    CompletableFuture<@Nullable Void> abandoned = null;
    synchronized (this) {
      Subscription subscription = wanted.get(channel);
      if (subscription == null) {
        throw new IllegalStateException(channel + " was released more often than acquired");
      }
      subscription.holders--;
      if (subscription.holders == 0) {
        wanted.remove(channel);
        abandoned = subscription.settled;
        if (session != null) {
          session.unsubscribe(channel);
        }
      }
    }
    if (abandoned != null) {
      // Who still waits for it was overtaken by whoever let go, and no confirmation finds it.
      abandoned.complete(null);
    }
  }

  synchronized boolean isWanted(String channel) {
    return wanted.containsKey(channel);
  }

  /** How many channels are wanted. */
  synchronized int size() {
    return wanted.size();
  }

  /**
   * Goes on with a new session.
   *
   * @return completes when everything that is wanted now arrives; never if the session ends before
   */
  synchronized CompletableFuture<@Nullable Void> attach(Wire newSession) {
    session = newSession;
    whole = new CompletableFuture<>();
    unconfirmed.clear();
    initial.clear();
    initial.addAll(wanted.keySet());
    wanted.forEach(
        (channel, subscription) -> {
          subscription.settled = new CompletableFuture<>();
          unconfirmed.put(channel, 1);
        });
    List<String> channels = new ArrayList<>(wanted.keySet());
    for (int from = 0; from < channels.size(); from += BATCH) {
      newSession.subscribe(channels.subList(from, Math.min(from + BATCH, channels.size())));
    }
    if (initial.isEmpty()) {
      whole.complete(null); // Nobody has seen it yet.
    }
    return whole;
  }

  /** Redis is away: who waits for a confirmation goes on without. */
  void detach(Wire lost) {
    Collection<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();
    synchronized (this) {
      if (!lost.equals(session)) {
        return;
      }
      session = null;
      wanted.values().forEach(subscription -> waiting.add(subscription.settled));
    }
    waiting.forEach(settled -> settled.complete(null));
  }

  /** Redis has confirmed one request. */
  void confirmed(Wire by, String channel) {
    CompletableFuture<@Nullable Void> settled = null;
    CompletableFuture<@Nullable Void> all = null;
    synchronized (this) {
      if (!by.equals(session)) {
        return;
      }
      // Requests that came after one that was confirmed may have undone it.
      if (unconfirmed.merge(channel, -1, Integer::sum) <= 0) {
        unconfirmed.remove(channel);
        Subscription subscription = wanted.get(channel);
        settled = subscription == null ? null : subscription.settled;
      }
      if (initial.remove(channel) && initial.isEmpty()) {
        all = whole;
      }
    }
    if (settled != null) {
      settled.complete(null);
    }
    if (all != null) {
      all.complete(null);
    }
  }
}
