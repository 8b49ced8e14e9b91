package dev.hubwire.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.session.ConnectionTable;
import dev.hubwire.transport.session.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The steps of draining, on a clock of the test's. */
class DrainingTest {
  private static final DrainOptions OPTIONS =
      DrainOptions.builder().notice(Duration.ofSeconds(5)).timeout(Duration.ofSeconds(20)).build();

  private long now;
  private final List<Runnable> repeated = new ArrayList<>();
  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          ConnectionTable.Limits.defaults(),
          () -> now,
          Runnable::run);
  private final Draining draining = new Draining(table, () -> now, repeated::add);

  @Test
  void aServerThatSaysItIsNotReadyServesEverybodyUntilTheNoticeIsOver() {
    assertThat(draining.isReady()).isTrue();
    draining.begin(OPTIONS);
    pass(Duration.ofMillis(4_999));
    assertThat(draining.isReady()).isFalse();
    assertThat(table.isLeaving()).isFalse();

    pass(Duration.ofMillis(1));
    assertThat(table.isLeaving()).isTrue();
  }

  @Test
  void itIsDrainedWhenTheLastConnectionHasEndedNegotiatedOnesIncluded() {
    Session connected = connect();
    Session negotiated = negotiate();
    CompletableFuture<@Nullable Void> drained = begin();
    pass(Duration.ofSeconds(6));
    connected.ended();
    pass(Duration.ofSeconds(1));
    assertThat(drained).isNotDone();

    table.attach(negotiated, Transport.WEB_SOCKETS);
    negotiated.ended();
    pass(Duration.ofMillis(50));
    assertThat(drained).isCompleted();
    assertThat(table.isClosing()).isFalse();
  }

  @Test
  void theRestIsClosedAtTheTimeout() {
    Session stubborn = connect();
    negotiate();
    CompletableFuture<@Nullable Void> drained = begin();
    pass(Duration.ofSeconds(19));
    assertThat(table.isClosing()).isFalse();

    pass(Duration.ofSeconds(1));
    assertThat(table.isClosing()).isTrue();
    assertThat(drained).isNotDone();
    stubborn.ended();
    pass(Duration.ofMillis(50));
    assertThat(drained).isCompleted();
  }

  @Test
  void nobodyIsKeptWaitingForAServerWithoutClientsBeyondTheNotice() {
    CompletableFuture<@Nullable Void> drained = begin();
    pass(Duration.ofSeconds(4));
    assertThat(drained).isNotDone();
    pass(Duration.ofSeconds(1));
    assertThat(drained).isCompleted();
  }

  @Test
  void theFirstCallDecides() {
    connect();
    CompletableFuture<@Nullable Void> first = begin();
    CompletableFuture<@Nullable Void> second =
        draining.begin(DrainOptions.defaults()).toCompletableFuture();
    pass(Duration.ofSeconds(1));
    assertThat(table.isLeaving()).isFalse();
    assertThat(repeated).hasSize(1);

    draining.end();
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
  }

  @Test
  void optionsAreChecked() {
    DrainOptions.Builder builder = DrainOptions.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.notice(Duration.ofSeconds(-1)))
        .withMessage("notice: PT-1S (expected: >= 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connectionsPerSecond(0))
        .withMessage("connectionsPerSecond: 0 (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.timeout(Duration.ZERO))
        .withMessage("timeout: PT0S (expected: > 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.notice(Duration.ofSeconds(25)).build())
        .withMessage("notice: PT25S (expected: < timeout PT25S)");
  }

  private CompletableFuture<@Nullable Void> begin() {
    return draining.begin(OPTIONS).toCompletableFuture();
  }

  private void pass(Duration duration) {
    now += duration.toNanos();
    repeated.forEach(Runnable::run);
  }

  private Session negotiate() {
    return requireNonNull(table.negotiate("/chat", 1, false, Transport.all()));
  }

  private Session connect() {
    Session session = negotiate();
    table.attach(session, Transport.WEB_SOCKETS);
    return session;
  }
}
