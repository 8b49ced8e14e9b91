package dev.hubwire.backplane.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the hubs of one backplane share: the client with its IO threads, and a thread for upkeep.
 * Made for the first hub, gone with the last. Thread-safe, guarded by {@code this}.
 */
final class RedisClients {
  /** The fewest that the client makes; its connections are few, too. */
  private static final int IO_THREADS = 2;

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

  private final Duration timeout;
  private final SslOptions tls;
  private @Nullable Shared shared;
  private int holders;

  /** Until it is {@linkplain #release() released}. */
  record Shared(RedisClient client, ClientResources resources, ScheduledExecutorService upkeep) {}

  /**
   * @param timeout for connecting, and for each command
   */
  RedisClients(Duration timeout, SslOptions tls) {
    this.timeout = timeout;
    this.tls = tls;
  }

  synchronized Shared acquire() {
    Shared result = shared;
    if (result == null) {
      result = create();
      shared = result;
    }
    holders++;
    return result;
  }

  synchronized void release() {
    holders--;
    Shared last = shared;
    if (holders == 0 && last != null) {
      shared = null;
      last.upkeep().shutdownNow();
      long limit = SHUTDOWN_TIMEOUT.toMillis();
      var unused =
          last.client()
              .shutdownAsync(0, limit, TimeUnit.MILLISECONDS)
              .whenComplete((done, failure) -> shutDown(last.resources(), limit));
    }
  }

  private static void shutDown(ClientResources resources, long limitMillis) {
    var unused = resources.shutdown(0, limitMillis, TimeUnit.MILLISECONDS);
  }

  private Shared create() {
    ClientResources resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(IO_THREADS)
            .computationThreadPoolSize(IO_THREADS)
            .build();
    RedisClient client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            // A session is over when a connection is: whoever connects again knows what is wanted,
            // and nothing is published twice.
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(SocketOptions.builder().connectTimeout(timeout).tcpNoDelay(true).build())
            .timeoutOptions(TimeoutOptions.enabled(timeout))
            .sslOptions(tls)
            .build());
    ScheduledThreadPoolExecutor upkeep =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("hubwire-redis").factory());
    upkeep.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    upkeep.setRemoveOnCancelPolicy(true);
    return new Shared(client, resources, upkeep);
  }
}
