package dev.hubwire.server;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.session.ConnectionTable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a server out of service step by step: first it is not ready, then it takes no new clients
 * and sends its own away at a pace, and last it closes what is left. Thread-safe.
 */
final class Draining {
  private enum Step {
    /** Not ready, and serving all the same. */
    NOTICE,
    /** Clients leave. */
    LEAVING,
    /** The time is over. */
    CLOSING
  }

  private final ConnectionTable table;
  private final LongSupplier nanoClock;
  private final Executor repeater;
  private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

  /** Null until it begins. Guarded by this, like all that follow. */
  private @Nullable DrainOptions options;

  private Step step = Step.NOTICE;
  private long startNanos;

  /**
   * @param nanoClock nanoseconds since an arbitrary origin
   * @param repeater runs a task again and again, several times a second, from when it is given to
   *     it
   */
  Draining(ConnectionTable table, LongSupplier nanoClock, Executor repeater) {
    this.table = table;
    this.nanoClock = nanoClock;
    this.repeater = repeater;
  }

  /** Whether new clients are welcome. */
  synchronized boolean isReady() {
    return options == null && !table.isClosing();
  }

  /** Begins, unless it has begun or the server has stopped. Completes when nobody is left. */
  CompletionStage<@Nullable Void> begin(DrainOptions how) {
    synchronized (this) {
      if (options != null || drained.isDone()) {
        return drained.minimalCompletionStage();
      }
      options = how;
      startNanos = nanoClock.getAsLong();
    }
    ServerLog.draining(table.attachedCount(), how);
    repeater.execute(this::sweep);
    return drained.minimalCompletionStage();
  }

  /** The server stops, drained or not. */
  void end() {
    drained.complete(null);
  }

  private void sweep() {
    if (!drained.isDone() && isOver()) {
      ServerLog.drained();
      drained.complete(null);
    }
  }

  private synchronized boolean isOver() {
    DrainOptions how = options;
    if (how == null) {
      return false;
    }
    long now = nanoClock.getAsLong();
    long passed = now - startNanos;
    if (step == Step.NOTICE && passed >= how.notice().toNanos()) {
      step = Step.LEAVING;
      table.drain(CloseReason.SERVER_SHUTDOWN, how.connectionsPerSecond(), how.redirect(), now);
    }
    if (step == Step.LEAVING && passed >= how.timeout().toNanos()) {
      step = Step.CLOSING;
      ServerLog.closingTheRest(table.attachedCount());
      table.closeAll(CloseReason.SERVER_SHUTDOWN);
    }
    if (step == Step.LEAVING) {
      table.sweep(now);
    }
    return step != Step.NOTICE && table.attachedCount() == 0 && table.pendingCount() == 0;
  }
}
