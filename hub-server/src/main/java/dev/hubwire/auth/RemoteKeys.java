package dev.hubwire.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The keys an issuer publishes at a URL.
 *
 * <p>Nobody waits for the network: a look-up answers from the keys that are known, and where they
 * have aged or the token's key is not among them it has them fetched in the background. The token
 * that came first with a new key is refused; its client's next attempt finds the key. One fetch
 * runs at a time and none starts sooner than {@link Timing#retry} after the last, so made-up key
 * ids cannot turn this server against the issuer's.
 *
 * <p>A fetch that fails leaves the known keys in use, until they are older than {@link
 * Timing#maxAge}.
 */
final class RemoteKeys implements KeySource {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private final URI url;
  private final KeySetReader reader;
  private final Executor executor;
  private final Clock clock;
  private final Timing timing;
  private final CompletableFuture<Void> firstFetch = new CompletableFuture<>();

  /** Held by the one fetch that is wanted or under way. */
  private final AtomicBoolean fetching = new AtomicBoolean();

  /** Written by whoever holds {@link #fetching}, read by any thread. */
  private volatile @Nullable Instant lastAttempt;

  /** Written by whoever holds {@link #fetching}, read by any thread. */
  private volatile Known known = Known.NOTHING;

  /**
   * @param executor where fetches run; they block
   */
  RemoteKeys(URI url, KeySetReader reader, Executor executor, Clock clock, Timing timing) {
    this.url = url;
    this.reader = reader;
    this.executor = executor;
    this.clock = clock;
    this.timing = timing;
  }

  /** Fetches the keys for the first time. The stage completes with what became of it. */
  CompletionStage<Void> start() {
    boolean started = startFetch(clock.instant());
    assert started : "start() is called once, before any look-up";
    return firstFetch.minimalCompletionStage();
  }

  @Override
  public Set<JWSAlgorithm> algorithms() {
    return ALGORITHMS;
  }

  @Override
  public Lookup find(JWSHeader header) {
    Instant now = clock.instant();
    Known current = known;
    List<VerificationKey> keys =
        current.isOlderThan(timing.maxAge, now) ? List.of() : current.keys.find(header).keys();
    boolean wanted = keys.isEmpty() || current.isOlderThan(timing.refresh, now);
    boolean underWay = wanted && startFetch(now);
    return new Lookup(
        keys,
        underWay
            ? "its key is not known; the issuer's keys are being fetched"
            : "its key is not known, and the issuer's keys were fetched just now");
  }

  /** Starts a fetch unless one is under way or the last was just now. Whether one is under way. */
  private boolean startFetch(Instant now) {
    if (!fetching.compareAndSet(false, true)) {
      return true;
    }
    Instant last = lastAttempt;
    if (last != null && Duration.between(last, now).abs().compareTo(timing.retry) < 0) {
      fetching.set(false);
      return false;
    }
    lastAttempt = now;
    try {
      executor.execute(this::fetch);
      return true;
    } catch (RejectedExecutionException e) {
      fetching.set(false);
      firstFetch.completeExceptionally(e);
      AuthLog.fetchNotStarted(url, e);
      return false;
    }
  }

  @SuppressWarnings(
      "CatchingUnchecked") // whatever a reader throws, the next fetch must be possible
  private void fetch() {
    try {
      KeyRing fetched = KeyRing.ofSet(reader.read(url));
      if (fetched.keys().isEmpty()) {
        throw new IllegalStateException("the set has no key for RS256 or ES256");
      }
      known = new Known(fetched, clock.instant());
      AuthLog.keysFetched(url, fetched.keys().size());
      firstFetch.complete(null);
    } catch (Exception e) {
      // Whatever went wrong, it is over, and the next look-up may try again.
      AuthLog.fetchFailed(url, e);
      firstFetch.completeExceptionally(e);
    } finally {
      fetching.set(false);
    }
  }

  /**
   * When to fetch.
   *
   * @param refresh age at which known keys are fetched again
   * @param retry least time between the starts of two fetches
   * @param maxAge age at which known keys are no longer used
   */
  record Timing(Duration refresh, Duration retry, Duration maxAge) {}

  private record Known(KeyRing keys, @Nullable Instant since) {
    static final Known NOTHING = new Known(new KeyRing(List.of()), null);

    boolean isOlderThan(Duration age, Instant now) {
      // A clock that was set back must not make keys young for ever.
      return since == null || Duration.between(since, now).abs().compareTo(age) >= 0;
    }
  }
}
