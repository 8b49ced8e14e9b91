package dev.hubwire.backplane.redis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What travels over the channels ({@code docs/protocol/backplane.md} §3). Immutable. */
sealed interface RedisMessage {

  /**
   * A call of clients.
   *
   * @param excludedConnectionIds who does not get it
   * @param records the framed hub message by the name of its protocol
   * @param reply how to answer; null if no answer is wanted
   */
  record Invocation(
      List<String> excludedConnectionIds, Map<String, byte[]> records, @Nullable Reply reply)
      implements RedisMessage {}

  /**
   * Where the answer of a client goes.
   *
   * @param invocationId the same as in the hub message; empty if, whatever the channel, no answer
   *     can be told apart
   * @param returnChannel without the prefix
   */
  record Reply(String invocationId, String returnChannel) {}

  /**
   * Changes a group of a connection, wherever it is.
   *
   * @param id of the sender's counting; wraps
   * @param serverName the sender's
   * @param action {@link #ADD}, {@link #REMOVE}, or what a later version may know
   */
  record GroupCommand(int id, String serverName, int action, String group, String connectionId)
      implements RedisMessage {
    static final int ADD = 1;
    static final int REMOVE = 2;
  }

  /** The group command with this id was carried out. */
  record Ack(int id) implements RedisMessage {}

  /** What a client answered. */
  final class Completion implements RedisMessage {
    private final String protocol;
    private final byte[] record;

    /**
     * @param record a framed completion in the protocol of that client; not copied
     */
    Completion(String protocol, byte[] record) {
      this.protocol = protocol;
      this.record = record;
    }

    String protocol() {
      return protocol;
    }

    byte[] record() {
      return record;
    }
  }
}
