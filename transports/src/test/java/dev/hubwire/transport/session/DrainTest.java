package dev.hubwire.transport.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Redirect;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.FakeTicker;
import dev.hubwire.transport.NegotiateInterceptor;
import dev.hubwire.transport.RecordingConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DrainTest {
  private static final String CHAT = "/chat";
  private static final int PER_SECOND = 2;

  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          ConnectionTable.Limits.defaults(),
          new FakeTicker(),
          Runnable::run);

  @Test
  void connectionsAreClosedAtThePace() {
    List<RecordingConnection> connections = IntStream.range(0, 5).mapToObj(i -> open()).toList();
    drain();

    assertThat(closedAt(0, connections)).isEqualTo(1);
    assertThat(closedAt(499, connections)).isEqualTo(1);
    assertThat(closedAt(500, connections)).isEqualTo(2);
    assertThat(closedAt(1_000, connections)).isEqualTo(3);
  }

  @Test
  void aSweepThatComesLateDoesNotMakeUpForAllOfIt() {
    List<RecordingConnection> connections = IntStream.range(0, 9).mapToObj(i -> open()).toList();
    drain();

    assertThat(closedAt(60_000, connections)).isEqualTo(1);
    assertThat(closedAt(60_249, connections)).isEqualTo(1);
    assertThat(closedAt(60_250, connections)).isEqualTo(2);
  }

  @Test
  void oneThatIsBusyIsClosedWhenItIsDoneAndHoldsNobodyUp() {
    RecordingConnection busy = open();
    List<RecordingConnection> others = List.of(open(), open());
    busy.setBusy(true);
    drain();

    // In whichever order they are asked, a busy one only costs a sweep.
    closedAt(0, others);
    closedAt(0, others);
    closedAt(500, others);
    assertThat(closedAt(500, others)).as("at the pace, busy ones apart").isEqualTo(2);
    closedAt(1_000, others);
    assertThat(busy.closes()).isEmpty();

    busy.setBusy(false);
    closedAt(1_500, others);
    assertThat(busy.closes()).containsExactly(CloseReason.SERVER_SHUTDOWN);
  }

  @Test
  void whatIsNegotiatedMayConnectAndIsClosedInItsTurn() {
    Session pending = negotiate();
    drain();
    assertThat(table.negotiate(CHAT, 1, false, Transport.all())).isNull();
    assertThat(table.connect(CHAT)).isNull();
    assertThat(table.isLeaving()).isTrue();
    assertThat(table.isClosing()).isFalse();

    RecordingConnection late = open(pending);
    assertThat(late.closes()).isEmpty();
    table.sweep(0);
    assertThat(late.closes()).containsExactly(CloseReason.SERVER_SHUTDOWN);
  }

  @Test
  void clientsThatNegotiateAreSentElsewhereFromThenOn() {
    Redirect elsewhere = new Redirect("http://other/chat", null);
    ConnectionRequest request = new ConnectionRequest(CHAT, List.of(), List.of(), null, null);
    assertThat(table.redirect(request)).isNull();
    table.drain(CloseReason.SERVER_SHUTDOWN, PER_SECOND, asked -> elsewhere, 0);
    assertThat(table.redirect(request)).isSameAs(elsewhere);
  }

  private void drain() {
    table.drain(CloseReason.SERVER_SHUTDOWN, PER_SECOND, NegotiateInterceptor.NONE, 0);
  }

  private long closedAt(long millis, List<RecordingConnection> connections) {
    table.sweep(Duration.ofMillis(millis).toNanos());
    return connections.stream().filter(connection -> !connection.closes().isEmpty()).count();
  }

  private Session negotiate() {
    return requireNonNull(table.negotiate(CHAT, 1, false, Transport.all()));
  }

  private RecordingConnection open() {
    return open(negotiate());
  }

  private RecordingConnection open(Session session) {
    table.attach(session, Transport.WEB_SOCKETS);
    RecordingConnection connection = new RecordingConnection(session.id(), Transport.WEB_SOCKETS);
    session.opened(connection);
    return connection;
  }
}
