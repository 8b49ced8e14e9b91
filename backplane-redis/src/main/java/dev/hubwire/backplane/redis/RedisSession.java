package dev.hubwire.backplane.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A pair of connections to Redis, one that listens and one that speaks. It is whole or over: when
 * one fails, both are closed, and what was under way on them fails. Nothing is sent again. Safe for
 * use by any thread.
 */
final class RedisSession implements Subscriptions.Wire {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final StatefulRedisConnection<String, byte[]> speaking;
  private final StatefulRedisPubSubConnection<String, byte[]> listening;
  private final boolean clustered;
  private final Listener listener;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Told of what happens, on the client's IO thread, which must not be held up. */
  interface Listener {
    /** In the order in which Redis took them, whatever the channel. */
    void onMessage(String channel, byte[] payload);

    /** Redis has begun to send what is published on a channel; once for each request. */
    void onSubscribed(RedisSession session, String channel);

    /** The session is over, and nobody closed it. Once. */
    void onLost(RedisSession session, Throwable cause);
  }

  private RedisSession(
      StatefulRedisConnection<String, byte[]> speaking,
      StatefulRedisPubSubConnection<String, byte[]> listening,
      boolean clustered,
      Listener listener) {
    this.speaking = speaking;
    this.listening = listening;
    this.clustered = clustered;
    this.listener = listener;
  }

  /** Connects. The future fails if one of the two connections does; neither is left then. */
  static CompletableFuture<RedisSession> open(
      RedisClient client, RedisURI address, Listener listener) {
    return client
        .connectAsync(CODEC, address)
        .toCompletableFuture()
        .thenCompose(
            speaking ->
                isClustered(speaking)
                    .thenCombine(
                        client.connectPubSubAsync(CODEC, address).toCompletableFuture(),
                        (clustered, listening) ->
                            new RedisSession(speaking, listening, clustered, listener).start())
                    .whenComplete(
                        (session, failure) -> {
                          if (failure != null) {
                            var unused = speaking.closeAsync();
                          }
                        }));
  }

  /** A Redis that does not say, because it is not asked by everybody, is taken for a single one. */
  private static CompletionStage<Boolean> isClustered(
      StatefulRedisConnection<String, byte[]> speaking) {
    return speaking
        .async()
        .info("cluster")
        .handle(
            (@Nullable String info, @Nullable Throwable failure) ->
                info != null && info.contains("cluster_enabled:1"));
  }

  private RedisSession start() {
    listening.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, byte[] payload) {
            listener.onMessage(channel, payload);
          }

          @Override
          public void subscribed(String channel, long count) {
            listener.onSubscribed(RedisSession.this, channel);
          }
        });
    RedisConnectionStateListener whenGone =
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            lose(new RedisException("the connection was lost"));
          }
        };
    speaking.addListener(whenGone);
    listening.addListener(whenGone);
    if (!speaking.isOpen() || !listening.isOpen()) {
      lose(new RedisException("the connection was lost"));
    }
    return this;
  }

  /**
   * Publishes once. The future fails if nobody knows whether Redis took it.
   *
   * @return completes with whom Redis gave it to
   */
  CompletionStage<Reach> publish(String channel, byte[] payload) {
    return watched(speaking.async().publish(channel, payload))
        .thenApply(receivers -> Reach.of(receivers, clustered));
  }

  /** {@link Listener#onSubscribed} tells when. */
  @Override
  public void subscribe(Collection<String> channels) {
    var unused = endedByFailure(listening.async().subscribe(channels.toArray(String[]::new)));
  }

  @Override
  public void unsubscribe(String channel) {
    var unused = endedByFailure(listening.async().unsubscribe(channel));
  }

  /** Finds out whether both connections still answer; the session is over if not. */
  void probe() {
    var unused = endedByFailure(speaking.async().ping());
    unused = endedByFailure(listening.async().ping());
  }

  boolean isOver() {
    return over.get();
  }

  /** Ends it without telling the listener. Once more does nothing. */
  CompletableFuture<@Nullable Void> close() {
    over.set(true);
    return speaking.closeAsync().thenCombine(listening.closeAsync(), (one, other) -> null);
  }

  /** A Redis that does not answer one command will not answer the next either. */
  private <T> CompletionStage<T> watched(CompletionStage<T> reply) {
    return reply.whenComplete(
        (unused, failure) -> {
          if (failure instanceof RedisCommandTimeoutException) {
            lose(failure);
          }
        });
  }

  private <T> CompletionStage<T> endedByFailure(CompletionStage<T> reply) {
    return reply.whenComplete(
        (@Nullable T unused, @Nullable Throwable failure) -> {
          if (failure != null) {
            lose(failure);
          }
        });
  }

  private void lose(Throwable cause) {
    if (over.compareAndSet(false, true)) {
      var unused = close();
      listener.onLost(this, cause);
    }
  }
}
