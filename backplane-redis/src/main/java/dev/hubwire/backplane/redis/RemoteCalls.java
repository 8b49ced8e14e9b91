package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.ClientCall;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls of clients of other servers that were not answered yet. A call is forgotten as soon as its
 * future is completed, by whomever. Thread-safe.
 */
final class RemoteCalls implements InvocationBinder {
  private final List<HubProtocol> protocols;
  private final Map<String, Waiting> byId = new ConcurrentHashMap<>();

  /**
   * @param protocols those that answers may come in; not copied
   */
  RemoteCalls(List<HubProtocol> protocols) {
    this.protocols = protocols;
  }

  private record Waiting(Type type, CompletableFuture<@Nullable Object> result) {}

  CompletableFuture<@Nullable Object> begin(String invocationId, Type resultType) {
    CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
    byId.put(invocationId, new Waiting(resultType, result));
    var unused = result.whenComplete((value, failure) -> byId.remove(invocationId));
    return result;
  }

  /**
   * A client answered.
   *
   * @throws IllegalArgumentException if the answer is in no protocol of this hub
   * @throws dev.hubwire.protocol.ProtocolException if it is no answer
   */
  void answered(RedisMessage.Completion answer) {
    HubProtocol protocol =
        protocols.stream()
            .filter(known -> known.name().equals(answer.protocol()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "protocol: "
                            + answer.protocol()
                            + " of an answer (expected: one that every server enables)"));
    byte[] record = answer.record();
    HubMessage message = protocol.read(record, 0, record.length, this);
    if (message instanceof HubMessage.Completion completion) {
      Waiting waiting = byId.get(completion.invocationId());
      if (waiting != null) {
        ClientCall.complete(waiting.result(), completion.outcome());
      }
    }
  }

  int size() {
    return byId.size();
  }

  @Override
  public @Nullable Target target(String name) {
    return null;
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    Waiting waiting = byId.get(invocationId);
    return waiting == null ? null : waiting.type();
  }

  @Override
  public @Nullable Type streamItemType(String streamId) {
    return null;
  }
}
