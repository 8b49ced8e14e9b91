package dev.hubwire.backplane.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A stranger on Redis: hears everything that is published, and publishes as another server would.
 */
final class Sniffer implements AutoCloseable {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final String MARKER = "the-end";

  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch marker = new CountDownLatch(0);

  /** One message. */
  record Heard(String channel, String hex) {}

  Sniffer(RedisServer redis) {
    client = RedisClient.create(redis.uri());
    connection = client.connect(CODEC);
    var listening = client.connectPubSub(CODEC);
    listening.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String pattern, String channel, byte[] payload) {
            if (channel.equals(MARKER)) {
              marker.countDown();
            } else {
              heard.add(new Heard(channel, HexFormat.of().formatHex(payload)));
            }
          }
        });
    listening.sync().psubscribe("*");
  }

  /** How many connections of Redis got it. */
  long publish(String channel, byte[] payload) {
    return connection.sync().publish(channel, payload);
  }

  /** What was published since the last time, and before Redis takes what this publishes now. */
  List<Heard> heard() {
    marker = new CountDownLatch(1);
    publish(MARKER, new byte[0]);
    try {
      if (!marker.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("Redis lost a message");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    List<Heard> result = List.copyOf(heard);
    heard.clear();
    return result;
  }

  /** The channels that somebody subscribes, but for patterns. */
  Collection<String> channels() {
    return connection.sync().pubsubChannels();
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
