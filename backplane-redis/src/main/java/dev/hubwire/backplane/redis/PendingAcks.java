package dev.hubwire.backplane.redis;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Group commands that no server has confirmed yet. Thread-safe. */
final class PendingAcks {
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<@Nullable Void>> pending = new ConcurrentHashMap<>();

  /**
   * @param done completes when the command was carried out
   */
  record Pending(int id, CompletableFuture<@Nullable Void> done) {}

  /** Waits under a new id. */
  Pending begin() {
    return expect(lastId.incrementAndGet());
  }

  Pending expect(int id) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    pending.put(id, done);
    return new Pending(id, done);
  }

  /** Ignores what is not pending: another server was faster, or it is too late. */
  void acknowledged(int id) {
    CompletableFuture<@Nullable Void> done = pending.remove(id);
    if (done != null) {
      done.complete(null);
    }
  }

  void fail(int id, Throwable cause) {
    CompletableFuture<@Nullable Void> done = pending.remove(id);
    if (done != null) {
      done.completeExceptionally(cause);
    }
  }

  void failAll(Supplier<Throwable> cause) {
    pending.keySet().forEach(id -> fail(id, cause.get()));
  }

  int size() {
    return pending.size();
  }
}
