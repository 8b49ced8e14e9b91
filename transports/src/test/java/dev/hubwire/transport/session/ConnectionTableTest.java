package dev.hubwire.transport.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionToken;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.FakeTicker;
import dev.hubwire.transport.RecordingConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConnectionTableTest {
  private static final String CHAT = "/chat";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration ALMOST = TIMEOUT.minusNanos(1);

  private final FakeTicker ticker = new FakeTicker();
  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          new ConnectionTable.Limits(3, TIMEOUT),
          ticker,
          Runnable::run);

  @AfterEach
  void everyPlaceIsFreeOnceAllHasExpired() {
    ticker.advance(TIMEOUT);
    table.scan();
    assertThat(table.pendingCount()).isZero();
  }

  @Test
  void aNegotiatedSessionIsFoundByItsTokenAtItsOwnPathOnly() {
    Session session = negotiate();

    assertThat(table.find(session.token(), CHAT)).isSameAs(session);
    assertThat(table.find(session.token(), "/other")).isNull();
    assertThat(table.find(new ConnectionToken(session.id().value()), CHAT)).isNull();
    assertThat(table.negotiatedCount()).isEqualTo(1);
    assertThat(table.pendingCount()).isEqualTo(1);
    assertThat(table.attachedCount()).isZero();
  }

  @Test
  void anAttachedSessionIsFoundAtItsOwnPathOnly() {
    Session session = negotiate();
    assertThat(table.attach(session, Transport.WEB_SOCKETS)).isEqualTo(Binding.FIRST);

    assertThat(table.find(session.token(), CHAT)).isSameAs(session);
    assertThat(table.find(session.token(), "/other")).isNull();
    assertThat(table.pendingCount()).isZero();
    assertThat(table.attachedCount()).isEqualTo(1);
  }

  @Test
  void versionZeroSharesOneNameAndVersionOneDoesNot() {
    assertThat(requireNonNull(table.negotiate(CHAT, 0, false, Transport.all())).identity())
        .matches(identity -> identity.isShared());
    assertThat(negotiate().identity()).matches(identity -> !identity.isShared());
  }

  @Test
  void aSessionExpiresIfNoTransportComesInTime() {
    Session session = negotiate();
    var opened = new CompletableFuture<Boolean>();
    session.connection().whenComplete((connection, error) -> opened.complete(connection != null));

    ticker.advance(ALMOST);
    assertThat(table.find(session.token(), CHAT)).isSameAs(session);

    ticker.advance(Duration.ofNanos(1));
    assertThat(table.find(session.token(), CHAT)).isNull();
    table.scan();
    assertThat(session.isOver()).isTrue();
    assertThat(opened).isCompletedWithValue(false);
    assertThat(table.expiredCount()).isEqualTo(1);
    assertThat(table.attach(session, Transport.LONG_POLLING)).isEqualTo(Binding.GONE);
    assertThat(table.attachedCount()).isZero();
  }

  @Test
  void lookingUpATokenDoesNotKeepItAlive() {
    Session session = negotiate();

    ticker.advance(ALMOST);
    assertThat(table.find(session.token(), CHAT)).isSameAs(session);
    ticker.advance(ALMOST);
    assertThat(table.find(session.token(), CHAT)).isNull();
  }

  @Test
  void anAttachedSessionDoesNotExpire() {
    Session session = negotiate();
    table.attach(session, Transport.SERVER_SENT_EVENTS);

    ticker.advance(TIMEOUT.multipliedBy(10));
    table.scan();

    assertThat(table.find(session.token(), CHAT)).isSameAs(session);
    assertThat(table.expiredCount()).isZero();
  }

  @Test
  void aTransportThatComesAsTheSessionExpiresFreesItsPlaceOnce() {
    Session session = negotiate();
    ticker.advance(TIMEOUT);

    assertThat(table.attach(session, Transport.WEB_SOCKETS)).isEqualTo(Binding.FIRST);
    table.scan();

    assertThat(table.pendingCount()).isZero();
    assertThat(table.expiredCount()).isZero();
    assertThat(table.find(session.token(), CHAT)).isSameAs(session);
  }

  @Test
  void aFullTableRefusesUntilAPlaceIsFree() {
    Session first = negotiate();
    negotiate();
    negotiate();

    assertThat(table.negotiate(CHAT, 1, false, Transport.all())).isNull();
    assertThat(table.refusedCount()).isEqualTo(1);

    table.attach(first, Transport.WEB_SOCKETS);
    assertThat(table.negotiate(CHAT, 1, false, Transport.all())).isNotNull();
    assertThat(table.negotiate(CHAT, 1, false, Transport.all())).isNull();
    assertThat(table.negotiatedCount()).isEqualTo(4);
  }

  @Test
  void aFullTableNoticesByItselfWhatHasExpired() {
    for (int i = 0; i < 3; i++) {
      negotiate();
    }
    ticker.advance(TIMEOUT);

    assertThat(table.negotiate(CHAT, 1, false, Transport.all())).isNotNull();
    assertThat(table.expiredCount()).isEqualTo(3);
    assertThat(table.refusedCount()).isZero();
  }

  @Test
  void aSkippedNegotiationTakesNoPlaceAndIsAttachedAtOnce() {
    for (int i = 0; i < 3; i++) {
      negotiate();
    }

    Session session = requireNonNull(table.connect(CHAT));

    assertThat(session.transport()).isEqualTo(Transport.WEB_SOCKETS);
    assertThat(session.identity().isShared()).isTrue();
    assertThat(session.isStateful()).isFalse();
    assertThat(table.find(session.token(), CHAT)).isSameAs(session);
    assertThat(table.attachedCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void theFirstTransportDecidesForLife(Transport first) {
    Session session = negotiate();
    table.attach(session, first);
    assertThat(session.transport()).isEqualTo(first);

    for (Transport other : EnumSet.complementOf(EnumSet.of(first))) {
      assertThat(table.attach(session, other)).isEqualTo(Binding.OTHER_TRANSPORT);
    }
  }

  @Test
  void onlyLongPollingAndStatefulWebSocketsTakeOver() {
    assertThat(second(Transport.LONG_POLLING, false)).isEqualTo(Binding.AGAIN);
    assertThat(second(Transport.LONG_POLLING, true)).isEqualTo(Binding.AGAIN);
    assertThat(second(Transport.WEB_SOCKETS, true)).isEqualTo(Binding.AGAIN);
    assertThat(second(Transport.WEB_SOCKETS, false)).isEqualTo(Binding.OCCUPIED);
    assertThat(second(Transport.SERVER_SENT_EVENTS, true)).isEqualTo(Binding.OCCUPIED);
  }

  @Test
  void anEndedSessionLeavesTheTableForGood() {
    Session session = negotiate();
    table.attach(session, Transport.LONG_POLLING);

    session.ended();
    session.ended();

    assertThat(session.isOver()).isTrue();
    assertThat(table.find(session.token(), CHAT)).isNull();
    assertThat(table.attachedCount()).isZero();
    assertThat(table.attach(session, Transport.LONG_POLLING)).isEqualTo(Binding.GONE);
  }

  @Test
  void countsWhyConnectionsEnded() {
    Session left = negotiate();
    table.attach(left, Transport.WEB_SOCKETS);
    left.ended(CloseReason.CLIENT_CLOSED);
    left.ended(CloseReason.CLIENT_GONE);
    Session neverCameToBe = negotiate();
    table.attach(neverCameToBe, Transport.WEB_SOCKETS);
    neverCameToBe.ended();
    negotiate();
    ticker.advance(Duration.ofMinutes(1));
    table.scan();

    assertThat(table.closeReasons()).containsOnlyKeys(CloseReason.values());
    assertThat(table.closeReasons())
        .containsEntry(CloseReason.CLIENT_CLOSED, 1L)
        .containsEntry(CloseReason.CLIENT_GONE, 0L)
        .containsEntry(CloseReason.DISCONNECT_TIMEOUT, 1L);
  }

  @Test
  void whoWaitsForTheConnectionGetsItOnceItIsOpened() {
    Session session = negotiate();
    CompletableFuture<Object> seen = new CompletableFuture<>();
    session.connection().thenAccept(seen::complete);
    table.attach(session, Transport.WEB_SOCKETS);
    assertThat(seen).isNotDone();

    RecordingConnection connection = open(session);

    assertThat(seen).isCompletedWithValue(connection);
    assertThat(connection.closes()).isEmpty();
  }

  @Test
  void closingClosesEveryConnectionAndIsDoneWhenTheLastHasEnded() {
    Session one = negotiate();
    Session two = negotiate();
    Session pending = negotiate();
    table.attach(one, Transport.WEB_SOCKETS);
    table.attach(two, Transport.LONG_POLLING);
    RecordingConnection first = open(one);
    RecordingConnection second = open(two);

    CompletableFuture<Void> drained =
        table.closeAll(CloseReason.SERVER_SHUTDOWN).toCompletableFuture();

    assertThat(first.closes()).containsExactly(CloseReason.SERVER_SHUTDOWN);
    assertThat(second.closes()).containsExactly(CloseReason.SERVER_SHUTDOWN);
    assertThat(table.find(pending.token(), CHAT)).isNull();
    assertThat(table.pendingCount()).isZero();
    one.ended();
    assertThat(drained).isNotDone();
    two.ended();
    assertThat(drained).isCompleted();
  }

  @Test
  void aClosingTableTakesNoMore() {
    assertThat(table.closeAll(CloseReason.SERVER_SHUTDOWN).toCompletableFuture()).isCompleted();

    assertThat(table.isClosing()).isTrue();
    assertThat(table.negotiate(CHAT, 1, false, Transport.all())).isNull();
    assertThat(table.connect(CHAT)).isNull();
  }

  @Test
  void aConnectionThatOpensWhileTheTableClosesIsClosedAtOnce() {
    Session session = negotiate();
    table.attach(session, Transport.WEB_SOCKETS);
    CompletableFuture<Void> drained =
        table.closeAll(CloseReason.SERVER_SHUTDOWN).toCompletableFuture();

    RecordingConnection late = open(session);

    assertThat(late.closes()).containsExactly(CloseReason.SERVER_SHUTDOWN);
    assertThat(drained).isNotDone();
    session.ended();
    assertThat(drained).isCompleted();
  }

  @Test
  void limitsAreChecked() {
    assertThat(ConnectionTable.Limits.defaults())
        .isEqualTo(new ConnectionTable.Limits(100_000, TIMEOUT));
    assertThatThrownBy(() -> new ConnectionTable.Limits(0, TIMEOUT))
        .hasMessage("maxPending: 0 (expected: >= 1)");
    assertThatThrownBy(() -> new ConnectionTable.Limits(1, Duration.ZERO))
        .hasMessage("disconnectTimeout: PT0S (expected: > 0)");
  }

  private Session negotiate() {
    return requireNonNull(table.negotiate(CHAT, 1, false, Transport.all()));
  }

  private Binding second(Transport transport, boolean stateful) {
    Session session = requireNonNull(table.negotiate(CHAT, 1, stateful, Set.of(transport)));
    assertThat(table.attach(session, transport)).isEqualTo(Binding.FIRST);
    return table.attach(session, transport);
  }

  private static RecordingConnection open(Session session) {
    var connection = new RecordingConnection(session.id(), requireNonNull(session.transport()));
    session.opened(connection);
    return connection;
  }
}
