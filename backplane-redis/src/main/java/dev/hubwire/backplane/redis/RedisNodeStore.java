package dev.hubwire.backplane.redis;

import dev.hubwire.cluster.NodeAddress;
import dev.hubwire.negotiation.token.NodeName;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Addresses in Redis: each under a key of its own that expires, and a set of the names, so that
 * nobody has to search all keys. Names without a key are removed from the set by whoever sees them.
 * Safe for use by any thread; one operation at a time.
 */
final class RedisNodeStore implements NodeStore {
  private final RedisClients clients;
  private final RedisClients.Shared shared;
  private final List<RedisURI> addresses;
  private final String names;
  private final AtomicInteger attempts = new AtomicInteger();

  /** Null until it is needed. Replaced when it is closed; by one operation at a time. */
  private volatile @Nullable StatefulRedisConnection<String, String> connection;

  private volatile boolean closed;

  /**
   * @param prefix in front of every key
   */
  RedisNodeStore(RedisClients clients, List<RedisURI> addresses, String prefix) {
    this.clients = clients;
    this.shared = clients.acquire();
    this.addresses = addresses;
    this.names = prefix + "hubwire:nodes";
  }

  /** The thread on which upkeep of what is connected with this Redis is done. */
  ScheduledExecutorService upkeep() {
    return shared.upkeep();
  }

  @Override
  public CompletionStage<Optional<String>> announce(
      NodeName node, URI address, Duration timeToLive) {
    String key = key(node.value());
    return connected()
        .thenCompose(
            redis ->
                redis
                    .get(key)
                    .thenCompose(
                        (@Nullable String before) ->
                            redis
                                .set(key, address.toString(), SetArgs.Builder.px(timeToLive))
                                .thenCompose(written -> redis.sadd(names, node.value()))
                                .thenApply(added -> Optional.ofNullable(before))));
  }

  @Override
  public CompletionStage<Map<NodeName, URI>> read() {
    return connected()
        .thenCompose(
            redis -> redis.smembers(names).thenCompose(members -> addresses(redis, members)));
  }

  @Override
  public CompletionStage<@Nullable Void> withdraw(NodeName node, URI address) {
    String key = key(node.value());
    return connected()
        .thenCompose(
            redis ->
                redis
                    .get(key)
                    .thenCompose(
                        (@Nullable String now) ->
                            address.toString().equals(now)
                                ? redis.del(key)
                                : CompletableFuture.completedStage(0L)))
        .thenApply(removed -> null);
  }

  @Override
  public void close() {
    closed = true;
    StatefulRedisConnection<String, String> last = connection;
    if (last != null) {
      var unused = last.closeAsync();
    }
    clients.release();
  }

  private CompletionStage<Map<NodeName, URI>> addresses(
      RedisAsyncCommands<String, String> redis, Set<String> members) {
    if (members.isEmpty()) {
      return CompletableFuture.completedStage(Map.of());
    }
    List<String> asked = List.copyOf(members);
    return redis
        .mget(asked.stream().map(this::key).toArray(String[]::new))
        .thenCompose(values -> sorted(redis, asked, values));
  }

  private CompletionStage<Map<NodeName, URI>> sorted(
      RedisAsyncCommands<String, String> redis,
      List<String> asked,
      List<KeyValue<String, String>> values) {
    Map<NodeName, URI> found = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (values.get(i).hasValue()) {
        add(found, asked.get(i), values.get(i).getValue());
      }
    }
    String[] gone =
        values.stream()
            .filter(value -> !value.hasValue())
            .map(value -> value.getKey().substring(key("").length()))
            .toArray(String[]::new);
    return gone.length == 0
        ? CompletableFuture.completedStage(found)
        : redis.srem(names, gone).thenApply(removed -> found);
  }

  /** Whoever else writes to this Redis: what is no node is left out, and not believed. */
  private static void add(Map<NodeName, URI> found, String name, String address) {
    try {
      found.put(new NodeName(name), NodeAddress.check(URI.create(address)));
    } catch (IllegalArgumentException e) {
      RedisLog.noAddress(name, e.getMessage());
    }
  }

  private String key(String name) {
    return names + ":" + name;
  }

  private CompletionStage<RedisAsyncCommands<String, String>> connected() {
    StatefulRedisConnection<String, String> current = connection;
    if (current != null && current.isOpen()) {
      return CompletableFuture.completedStage(current.async());
    }
    int attempt = Math.floorMod(attempts.getAndIncrement(), addresses.size());
    try {
      return shared
          .client()
          .connectAsync(StringCodec.UTF8, addresses.get(attempt))
          .thenApply(this::keep);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private RedisAsyncCommands<String, String> keep(
      StatefulRedisConnection<String, String> connected) {
    connection = connected;
    if (closed) {
      var unused = connected.closeAsync();
    }
    return connected.async();
  }
}
