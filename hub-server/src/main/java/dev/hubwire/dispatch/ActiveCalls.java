package dev.hubwire.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection that can be cancelled or that stream, from when they are read until
 * they end. Plain calls are not among them.
 *
 * <p>Threads: any. The lane adds, the thread that ran a call removes it before the answer is sent,
 * so that the client can use the id again as soon as it sees the answer.
 */
final class ActiveCalls {
  /**
   * By id, or by the call itself if clients cannot name it. Null when there is none. Guarded by
   * this, like all that follow.
   */
  private @Nullable Map<Object, Call> calls;

  /** How many of them stream. */
  private int streams;

  /** Whether the connection is over. */
  private boolean over;

  synchronized boolean contains(String invocationId) {
    return calls != null && calls.containsKey(invocationId);
  }

  /** How many calls stream, in either direction. */
  synchronized int streams() {
    return streams;
  }

  /** Takes a call whose id is not in use. Once the connection is over, it is cancelled at once. */
  void add(Call call) {
    boolean late;
    synchronized (this) {
      if (calls == null) {
        calls = new HashMap<>();
      }
      calls.put(keyOf(call), call);
      streams += call.method().takesSlot() ? 0 : 1;
      late = over;
    }
    if (late) {
      cancel(call);
    }
  }

  /** Forgets a call, if it is not forgotten. */
  synchronized void remove(Call call) {
    if (calls != null && calls.remove(keyOf(call), call)) {
      streams -= call.method().takesSlot() ? 0 : 1;
      if (calls.isEmpty()) {
        calls = null;
      }
    }
  }

  /** Cancels a call of which the client knows the id; returns whether there is one. */
  boolean cancel(String invocationId) {
    Call call;
    synchronized (this) {
      call = calls == null ? null : calls.get(invocationId);
    }
    if (call != null) {
      cancel(call);
    }
    return call != null;
  }

  /** The connection is over. */
  void cancelAll() {
    List<Call> all;
    synchronized (this) {
      over = true;
      all = calls == null ? List.of() : List.copyOf(calls.values());
    }
    all.forEach(ActiveCalls::cancel);
  }

  private static void cancel(Call call) {
    if (call.extras().cancellation() != null) {
      call.extras().cancellation().cancel();
    }
  }

  private static Object keyOf(Call call) {
    String id = call.message().invocationId();
    return id != null && call.method().isCancellable() ? id : new Nameless(call);
  }

  /** Equal to itself only, and never to an id. */
  private record Nameless(Call call) {
    @Override
    @SuppressWarnings("ReferenceEquality") // Two calls without an id may well be equal.
    public boolean equals(@Nullable Object other) {
      return other instanceof Nameless nameless && nameless.call == call;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(call);
    }
  }
}
