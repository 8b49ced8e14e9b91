package dev.hubwire.registry;

import dev.hubwire.backplane.ClientCall;
import dev.hubwire.backplane.RawCompletion;
import dev.hubwire.hub.ClientUnreachableException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.ProtocolException;
import dev.hubwire.transport.SharedPayload;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What clients of one hub on this server were asked and have not answered ({@code
 * docs/protocol/hub-semantics.md} §15). A call is forgotten as soon as its future is completed, by
 * whomever. Thread-safe; answers complete futures on the lane that they come in on.
 */
public final class ClientResults {
  private static final String ID_COLLISION =
      "ID collision occurred when using client results. This is likely a bug in SignalR.";

  private final Map<String, Waiting> byId = new ConcurrentHashMap<>();
  private final Map<Entry, Set<Waiting>> byConnection = new ConcurrentHashMap<>();

  ClientResults() {}

  /** How many calls wait. */
  public int size() {
    return byId.size();
  }

  /**
   * What the answer to a call is read as; null if no call waits under this id, or it is to stay
   * raw.
   */
  public @Nullable Type typeOf(String invocationId) {
    return byId.get(invocationId) instanceof Waiting.Typed typed ? typed.type() : null;
  }

  /**
   * An answer came. Lane thread.
   *
   * @param bytes with the record of it, from {@code start} to {@code end}; not kept
   * @return whether a call waited for it
   * @throws ProtocolException if the call was not made to this client, for which its connection
   *     ends
   */
  public boolean complete(
      HubMember from, HubMessage.Completion completion, byte[] bytes, int start, int end) {
    String id = completion.invocationId();
    Waiting waiting = byId.get(id);
    if (waiting == null) {
      return false;
    }
    if (!waiting.asked().connectionId().equals(from.connectionId())) {
      throw new ProtocolException(
          "InvalidOperationException",
          "Connection ID '"
              + from.connectionId()
              + "' is not valid for invocation ID '"
              + id
              + "'.");
    }
    switch (waiting) {
      case Waiting.Typed typed -> ClientCall.complete(typed.result(), completion.outcome());
      case Waiting.Raw raw -> {
        ByteBuffer record = ByteBuffer.allocate(end - start).put(bytes, start, end - start).flip();
        raw.result().complete(new RawCompletion(raw.asked().protocol(), record));
      }
    }
    return true;
  }

  /**
   * Begins to wait for an answer.
   *
   * @throws IllegalStateException if a call waits under this id
   */
  CompletableFuture<@Nullable Object> await(Entry asked, String invocationId, Type type) {
    var waiting = new Waiting.Typed(asked, invocationId, type, new CompletableFuture<>());
    if (!begin(waiting)) {
      throw new IllegalStateException("invocation id " + invocationId + " is in use");
    }
    return waiting.result();
  }

  /** As {@link #await} for another server, which is told of everything that goes wrong. */
  CompletableFuture<RawCompletion> awaitRaw(Entry asked, String invocationId) {
    var waiting = new Waiting.Raw(asked, invocationId, new CompletableFuture<>());
    if (!begin(waiting)) {
      waiting.fail(ID_COLLISION);
    }
    return waiting.result();
  }

  /** Nothing comes from this connection any more, as {@link Entry#isOver} says already. */
  void connectionIsOver(Entry entry) {
    Set<Waiting> unanswered = byConnection.get(entry);
    if (unanswered != null) {
      unanswered.forEach(Waiting::disconnected);
    }
  }

  boolean isEmpty() {
    return byId.isEmpty() && byConnection.isEmpty();
  }

  private boolean begin(Waiting waiting) {
    if (byId.putIfAbsent(waiting.id(), waiting) != null) {
      return false;
    }
    byConnection.compute(
        waiting.asked(),
        (asked, others) -> {
          Set<Waiting> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(waiting);
          return all;
        });
    var unused = waiting.result().whenComplete((result, failure) -> forget(waiting));
    // Who ended meanwhile has told those that waited before.
    if (waiting.asked().isOver()) {
      waiting.disconnected();
    }
    return true;
  }

  private void forget(Waiting waiting) {
    byId.remove(waiting.id(), waiting);
    byConnection.computeIfPresent(
        waiting.asked(),
        (asked, all) -> {
          all.remove(waiting);
          return all.isEmpty() ? null : all;
        });
  }

  /** A call that was made and not answered. */
  private sealed interface Waiting {
    Entry asked();

    String id();

    CompletableFuture<?> result();

    void disconnected();

    /** For a caller here. */
    record Typed(Entry asked, String id, Type type, CompletableFuture<@Nullable Object> result)
        implements Waiting {
      @Override
      public void disconnected() {
        result.completeExceptionally(ClientUnreachableException.disconnected(asked.connectionId()));
      }
    }

    /** For a caller elsewhere. */
    record Raw(Entry asked, String id, CompletableFuture<RawCompletion> result) implements Waiting {
      @Override
      public void disconnected() {
        fail("Connection disconnected.");
      }

      void fail(String error) {
        HubProtocol protocol = asked.protocol();
        SharedPayload record =
            EncodedMessage.single(HubMessage.Completion.error(id, error), protocol);
        result.complete(new RawCompletion(protocol, record.content()));
      }
    }
  }
}
