package dev.hubwire.transport.session;

import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.User;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The places for connections, taken and given back one by one. What is not limited is not counted.
 * Thread-safe.
 */
final class Places {
  private final ConnectionQuota quota;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byUser = new ConcurrentHashMap<>();
  private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  Places(ConnectionQuota quota) {
    this.quota = quota;
  }

  /** For whom a place was taken. */
  private record Holder(@Nullable String user, @Nullable InetAddress address) {
    static Holder of(ConnectionRequest request) {
      User user = request.user();
      InetSocketAddress remote = request.remoteAddress();
      return new Holder(
          user == null ? null : user.id(), remote == null ? null : remote.getAddress());
    }
  }

  /** A place that was taken; to be given back once. */
  interface Place {
    void giveBack();
  }

  /** What came of asking for a place: exactly one of the two. */
  record Outcome(@Nullable Place place, @Nullable Limit reached) {}

  /** Which limit a request would meet now, or null. Takes nothing. */
  @Nullable Limit reachedBy(ConnectionRequest request) {
    Holder holder = Holder.of(request);
    if (taken.get() >= quota.total()) {
      return Limit.CONNECTIONS;
    }
    if (holder.user() != null && byUser.getOrDefault(holder.user(), 0) >= quota.perUser()) {
      return Limit.CONNECTIONS_PER_USER;
    }
    return holder.address() != null
            && byAddress.getOrDefault(holder.address(), 0) >= quota.perAddress()
        ? Limit.CONNECTIONS_PER_ADDRESS
        : null;
  }

  Outcome take(ConnectionRequest request) {
    Holder holder = Holder.of(request);
    if (taken.incrementAndGet() > quota.total()) {
      taken.decrementAndGet();
      return new Outcome(null, Limit.CONNECTIONS);
    }
    if (!count(byUser, holder.user(), quota.perUser())) {
      taken.decrementAndGet();
      return new Outcome(null, Limit.CONNECTIONS_PER_USER);
    }
    if (!count(byAddress, holder.address(), quota.perAddress())) {
      uncount(byUser, holder.user(), quota.perUser());
      taken.decrementAndGet();
      return new Outcome(null, Limit.CONNECTIONS_PER_ADDRESS);
    }
    return new Outcome(() -> giveBack(holder), null);
  }

  /** How many users and addresses are remembered; nought when there is no connection. */
  int remembered() {
    return byUser.size() + byAddress.size();
  }

  private void giveBack(Holder holder) {
    uncount(byAddress, holder.address(), quota.perAddress());
    uncount(byUser, holder.user(), quota.perUser());
    taken.decrementAndGet();
  }

  private static <K> boolean count(ConcurrentMap<K, Integer> counts, @Nullable K key, int limit) {
    if (key == null || limit == ConnectionQuota.UNLIMITED) {
      return true;
    }
    boolean[] fits = {false};
    counts.compute(
        key,
        (unused, before) -> {
          int count = before == null ? 0 : before;
          fits[0] = count < limit;
          return fits[0] ? Integer.valueOf(count + 1) : before;
        });
    return fits[0];
  }

  private static <K> void uncount(ConcurrentMap<K, Integer> counts, @Nullable K key, int limit) {
    if (key != null && limit != ConnectionQuota.UNLIMITED) {
      counts.computeIfPresent(key, (unused, count) -> count == 1 ? null : count - 1);
    }
  }
}
