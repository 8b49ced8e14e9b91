package dev.hubwire.backplane.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one hub connected with Redis: opens a session, has everything subscribed that is wanted,
 * and begins again when the session is over, for as long as it takes.
 *
 * <p>Threads: its state belongs to the upkeep thread, where nothing waits; others see {@link
 * #session()}.
 */
final class RedisLink {
  private static final Duration FIRST_DELAY = Duration.ofMillis(50);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

  /** Between two looks at whether Redis still answers. */
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);

  private final RedisClient client;
  private final ScheduledExecutorService upkeep;
  private final List<RedisURI> addresses;
  private final Subscriptions subscriptions;
  private final Events events;
  private final CompletableFuture<@Nullable Void> firstAttempt = new CompletableFuture<>();

  /** One that is whole; null while Redis is away. Written by the upkeep thread. */
  private volatile @Nullable RedisSession session;

  /** Written by {@link #start} alone. */
  private volatile @Nullable ScheduledFuture<?> ticks;

  /** One that is not whole yet. Upkeep thread, like what follows. */
  private @Nullable RedisSession opening;

  private int nextAddress;
  private Duration delay = FIRST_DELAY;
  private boolean failureTold;
  private boolean closed;

  /** Told of what happens: messages on the client's IO thread, the rest on the upkeep thread. */
  interface Events {
    void onMessage(String channel, byte[] payload);

    void onJoined(String address);

    /** Redis cannot be used at this address, once more or for the first time in a row. */
    void onUnreachable(String address, Throwable cause, boolean first);

    void onAway(Throwable cause);

    /** Every few seconds. */
    void onTick();
  }

  RedisLink(
      RedisClients.Shared shared,
      List<RedisURI> addresses,
      Subscriptions subscriptions,
      Events events) {
    this.client = shared.client();
    this.upkeep = shared.upkeep();
    this.addresses = addresses;
    this.subscriptions = subscriptions;
    this.events = events;
  }

  /** Begins to connect, and waits until that has worked or failed, or some time has passed. */
  void start(Duration patience) {
    run(this::connect);
    long interval = PROBE_INTERVAL.toMillis();
    ticks = upkeep.scheduleWithFixedDelay(this::tick, interval, interval, TimeUnit.MILLISECONDS);
    try {
      firstAttempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // It goes on in the background.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the first attempt ends without a failure", e);
    }
  }

  /** The session to speak on, or null while Redis is away. Any thread. */
  @Nullable RedisSession session() {
    return session;
  }

  /** Any thread. Once, after {@link #start}. */
  void close() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    run(
        () -> {
          closed = true;
          if (ticks != null) {
            ticks.cancel(false);
          }
          RedisSession current = session == null ? opening : session;
          session = null;
          opening = null;
          if (current == null) {
            done.complete(null);
          } else {
            subscriptions.detach(current);
            var unused = current.close().thenRun(() -> done.complete(null));
          }
        });
    done.orTimeout(LONGEST_DELAY.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(late -> null)
        .join();
  }

  private void run(Runnable task) {
    upkeep.execute(task);
  }

  /** For what happens on the client's threads, maybe after everything was closed. */
  private void runLate(Runnable task) {
    try {
      upkeep.execute(task);
    } catch (RejectedExecutionException e) {
      // The last hub has left: nobody is interested.
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    RedisURI address = addresses.get(nextAddress);
    nextAddress = (nextAddress + 1) % addresses.size();
    try {
      var unused =
          RedisSession.open(client, address, new Listener(address))
              .whenComplete(
                  (opened, failure) ->
                      runLate(
                          () -> {
                            if (failure == null) {
                              opened(opened, address);
                            } else {
                              unreachable(address, failure);
                            }
                          }));
    } catch (RuntimeException failure) {
      unreachable(address, failure);
    }
  }

  private void opened(RedisSession opened, RedisURI address) {
    if (closed) {
      var unused = opened.close();
      return;
    }
    opening = opened;
    if (opened.isOver()) {
      lost(opened, address, new IllegalStateException("lost at once"));
      return;
    }
    var unused = subscriptions.attach(opened).thenRun(() -> runLate(() -> whole(opened, address)));
  }

  private void whole(RedisSession opened, RedisURI address) {
    if (opening != opened) {
      return;
    }
    opening = null;
    session = opened;
    delay = FIRST_DELAY;
    failureTold = false;
    events.onJoined(where(address));
    firstAttempt.complete(null);
  }

  private void unreachable(RedisURI address, Throwable cause) {
    if (closed) {
      return;
    }
    events.onUnreachable(where(address), cause, !failureTold);
    failureTold = true;
    firstAttempt.complete(null);
    connectLater();
  }

  private void lost(RedisSession over, RedisURI address, Throwable cause) {
    if (over == opening) {
      opening = null;
      subscriptions.detach(over);
      unreachable(address, cause);
    } else if (over == session) {
      session = null;
      // Told already: until it is back, attempts that fail are no news.
      failureTold = true;
      subscriptions.detach(over);
      events.onAway(cause);
      connectLater();
    }
  }

  private void connectLater() {
    var unused = upkeep.schedule(this::connect, delay.toMillis(), TimeUnit.MILLISECONDS);
    Duration doubled = delay.multipliedBy(2);
    delay = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
  }

  private void tick() {
    RedisSession current = session;
    if (current != null) {
      current.probe();
    }
    events.onTick();
  }

  /** What happens in a session. */
  private final class Listener implements RedisSession.Listener {
    private final RedisURI address;

    Listener(RedisURI address) {
      this.address = address;
    }

    @Override
    public void onMessage(String channel, byte[] payload) {
      events.onMessage(channel, payload);
    }

    @Override
    public void onSubscribed(RedisSession by, String channel) {
      subscriptions.confirmed(by, channel);
    }

    @Override
    public void onLost(RedisSession over, Throwable cause) {
      runLate(() -> lost(over, address, cause));
    }
  }

  /** Without credentials. */
  private static String where(RedisURI address) {
    return address.getSentinelMasterId() == null
        ? address.getHost() + ":" + address.getPort()
        : "the sentinels of " + address.getSentinelMasterId();
  }
}
