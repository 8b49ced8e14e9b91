package dev.hubwire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.hubwire.auth.KeySource.Lookup;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {
  private static final URI KEYS_URL = URI.create("https://id.example/keys");
  private static final RemoteKeys.Timing TIMING =
      new RemoteKeys.Timing(Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofHours(24));

  /** What the executor was given and has not run. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private Instant now = Tokens.NOW;
  private @Nullable String published = Tokens.keySet(Tokens.RSA);
  private int fetches;

  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final RemoteKeys keys = new RemoteKeys(KEYS_URL, this::read, tasks::add, clock, TIMING);

  @Test
  void findsNothingUntilTheFirstFetchIsDone() {
    var ready = keys.start().toCompletableFuture();
    assertThat(find("rsa-1").keys()).isEmpty();
    assertThat(find("rsa-1").whyNone())
        .isEqualTo("its key is not known; the issuer's keys are being fetched");
    assertThat(ready).isNotDone();
    runTasks();
    assertThat(ready).isCompleted();
    assertThat(find("rsa-1").keys()).extracting(VerificationKey::id).containsExactly("rsa-1");
    assertThat(fetches).isOne();
  }

  @Test
  void fetchesForAnUnknownKeyAndFindsItNextTime() {
    startAndFetch();
    published = Tokens.keySet(Tokens.RSA, Tokens.OTHER_RSA);
    now = now.plusSeconds(30);
    assertThat(find("rsa-2").keys()).isEmpty();
    runTasks();
    assertThat(find("rsa-2").keys()).hasSize(1);
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void fetchesForMadeUpKeysNoOftenerThanTheRetryTime() {
    startAndFetch();
    for (int second = 1; second <= 60; second++) {
      now = now.plusSeconds(1);
      assertThat(find("made-up-" + second).keys()).isEmpty();
      runTasks();
    }
    assertThat(fetches).isEqualTo(3);
    now = now.plusSeconds(1);
    assertThat(find("made-up").whyNone())
        .isEqualTo("its key is not known, and the issuer's keys were fetched just now");
  }

  @Test
  void keepsOneFetchUnderWayAtMost() {
    startAndFetch();
    now = now.plusSeconds(30);
    Lookup unused = find("made-up");
    now = now.plusSeconds(600);
    unused = find("made-up");
    assertThat(tasks).hasSize(1);
  }

  @Test
  void answersFromAgedKeysWhileItFetchesThemAgain() {
    startAndFetch();
    now = now.plus(TIMING.refresh());
    published = Tokens.keySet(Tokens.OTHER_RSA);
    assertThat(find("rsa-1").keys()).hasSize(1);
    runTasks();
    assertThat(find("rsa-1").keys()).isEmpty();
    assertThat(find("rsa-2").keys()).hasSize(1);
  }

  @Test
  void leavesYoungKeysAlone() {
    startAndFetch();
    now = now.plus(TIMING.refresh()).minusSeconds(1);
    assertThat(find("rsa-1").keys()).hasSize(1);
    assertThat(tasks).isEmpty();
  }

  @Test
  void usesKnownKeysThroughAnOutageUntilTheyAreTooOld() {
    startAndFetch();
    published = null;
    now = now.plus(TIMING.maxAge()).minusSeconds(1);
    assertThat(find("rsa-1").keys()).hasSize(1);
    runTasks();
    assertThat(find("rsa-1").keys()).hasSize(1);
    now = now.plusSeconds(1);
    assertThat(find("rsa-1").keys()).isEmpty();
    assertThat(fetches).isEqualTo(2);
  }

  @Test
  void keepsKnownKeysWhenTheNewSetHasNone() {
    startAndFetch();
    published = "{\"keys\":[]}";
    now = now.plus(TIMING.refresh());
    Lookup unused = find("rsa-1");
    runTasks();
    assertThat(find("rsa-1").keys()).hasSize(1);
  }

  @Test
  void fetchesAgainAfterTheClockWasSetBack() {
    startAndFetch();
    now = now.minus(Duration.ofDays(1));
    Lookup unused = find("rsa-1");
    assertThat(tasks).hasSize(1);
  }

  @Test
  void saysThatTheFirstFetchFailedAndTriesAgainLater() {
    published = null;
    var ready = keys.start().toCompletableFuture();
    runTasks();
    assertThat(ready).isCompletedExceptionally();
    published = Tokens.keySet(Tokens.RSA);
    now = now.plusSeconds(30);
    assertThat(find("rsa-1").keys()).isEmpty();
    runTasks();
    assertThat(find("rsa-1").keys()).hasSize(1);
  }

  @Test
  void survivesAnExecutorThatTakesNothing() {
    var refusing =
        new RemoteKeys(
            KEYS_URL,
            this::read,
            task -> {
              throw new RejectedExecutionException("shut down");
            },
            clock,
            TIMING);
    assertThat(refusing.find(header("rsa-1")).keys()).isEmpty();
    assertThat(refusing.find(header("rsa-1")).keys()).isEmpty();
    assertThat(fetches).isZero();
  }

  private void startAndFetch() {
    var ready = keys.start().toCompletableFuture();
    runTasks();
    assertThat(ready).isCompleted();
  }

  private Lookup find(String kid) {
    return keys.find(header(kid));
  }

  private static JWSHeader header(String kid) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private String read(URI url) throws IOException {
    assertThat(url).isEqualTo(KEYS_URL);
    fetches++;
    if (published == null) {
      throw new IOException("HTTP 503");
    }
    return published;
  }
}
