package dev.hubwire.backplane.redis;

import dev.hubwire.cluster.NodeAddress;
import dev.hubwire.cluster.NodeDirectory;
import dev.hubwire.negotiation.token.NodeName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that find each other by Redis: each announces its address there, every five seconds for
 * fifteen, and looks for the others once a second. It answers from memory, and goes on with what it
 * knew while Redis is away. Made by {@link RedisBackplane#nodeDirectory}. Thread-safe.
 *
 * <p>Close it after the server of this node: as long as that has clients, others have to find it.
 */
public final class RedisNodeDirectory implements NodeDirectory, AutoCloseable {
  /** How long an announcement is good, and a node remembered that is not announced any more. */
  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(15);

  static final Duration ANNOUNCE_INTERVAL = Duration.ofSeconds(5);
  static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  /** Anybody can ask for nodes that are not there, as often as they like. */
  static final Duration SHORTEST_LOOK_INTERVAL = Duration.ofMillis(100);

  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final NodeName here;
  private final URI address;
  private final NodeStore store;
  private final Executor upkeep;
  private final LongSupplier nanoClock;
  private final KnownNodes known = new KnownNodes(TIME_TO_LIVE);

  /** Written by {@link #start} alone. */
  private volatile @Nullable ScheduledFuture<?> looks;

  /** When the last look began. Written by the upkeep thread, read by any. */
  private volatile long lastLook;

  /** The look that is under way, or the last one. Upkeep thread, like what follows. */
  private CompletableFuture<@Nullable Void> look = CompletableFuture.completedFuture(null);

  private @Nullable Long lastAnnouncement;
  private boolean away;
  private boolean closed;

  /**
   * @param here the name of this node
   * @param upkeep one thread, on which nothing waits; may refuse what comes after the end
   * @param nanoClock nanoseconds since an arbitrary origin
   */
  RedisNodeDirectory(
      NodeName here, URI address, NodeStore store, Executor upkeep, LongSupplier nanoClock) {
    this.here = here;
    this.address = NodeAddress.check(address);
    this.store = store;
    this.upkeep = upkeep;
    this.nanoClock = nanoClock;
    this.lastLook = nanoClock.getAsLong() - SHORTEST_LOOK_INTERVAL.toNanos();
  }

  /** Announces this node and looks for the others, now and from now on. Waits for the first. */
  RedisNodeDirectory start(ScheduledExecutorService timer, Duration patience) {
    looks =
        timer.scheduleWithFixedDelay(
            this::look, LOOK_INTERVAL.toMillis(), LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    await(refresh(), patience);
    return this;
  }

  @Override
  public @Nullable URI find(NodeName node) {
    URI found = known.find(node);
    if (found == null && nanoClock.getAsLong() - lastLook >= SHORTEST_LOOK_INTERVAL.toNanos()) {
      run(this::look);
    }
    return found;
  }

  /** Takes the announcement of this node back, and forgets the others. */
  @Override
  public void close() {
    ScheduledFuture<?> planned = looks;
    if (planned != null) {
      planned.cancel(false);
    }
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    run(() -> end(done));
    await(done, GOODBYE);
  }

  /** Looks after what is under way; returns what ends when that has, one way or the other. */
  CompletableFuture<@Nullable Void> refresh() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    run(
        () -> {
          var unused = look.thenRun(() -> run(() -> refresh(done)));
        });
    return done;
  }

  private void refresh(CompletableFuture<@Nullable Void> done) {
    look();
    var unused = look.thenRun(() -> done.complete(null));
  }

  private void look() {
    if (closed || !look.isDone()) {
      return;
    }
    long now = nanoClock.getAsLong();
    lastLook = now;
    CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    look = ended;
    var unused =
        announceIfDue(now)
            .thenCompose(announced -> store.read())
            .whenComplete(
                (@Nullable Map<NodeName, URI> found, @Nullable Throwable failure) ->
                    run(
                        () -> {
                          looked(found, failure);
                          ended.complete(null);
                        }));
  }

  private CompletionStage<Optional<String>> announceIfDue(long now) {
    Long last = lastAnnouncement;
    if (last != null && now - last < ANNOUNCE_INTERVAL.toNanos()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return store
        .announce(here, address, TIME_TO_LIVE)
        .thenApply(
            before -> {
              run(() -> announced(before, now));
              return before;
            });
  }

  private void announced(Optional<String> before, long now) {
    // The first one may replace what a process before this one has left.
    boolean taken = lastAnnouncement != null && !before.orElse("").equals(address.toString());
    if (taken && before.isPresent()) {
      RedisLog.nameTaken(here, before.get());
    }
    lastAnnouncement = now;
  }

  private void looked(@Nullable Map<NodeName, URI> found, @Nullable Throwable failure) {
    if (found != null) {
      known.seen(found, nanoClock.getAsLong());
      away = false;
      return;
    }
    known.unseen();
    // What comes back may have forgotten everything.
    lastAnnouncement = null;
    if (!away && failure != null) {
      RedisLog.directoryAway(here, failure);
    }
    away = true;
  }

  private void end(CompletableFuture<@Nullable Void> done) {
    if (closed) {
      done.complete(null);
      return;
    }
    closed = true;
    var unused =
        look.thenCompose(looked -> store.withdraw(here, address))
            .whenComplete(
                (gone, failure) -> {
                  done.complete(null);
                  store.close();
                });
  }

  private void run(Runnable task) {
    try {
      upkeep.execute(task);
    } catch (RejectedExecutionException e) {
      // Everything has been closed: nobody is interested.
    }
  }

  /** Whether it ends or not: it goes on in the background. */
  private static void await(CompletableFuture<@Nullable Void> future, Duration patience) {
    future.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
