package dev.hubwire.transport.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.DowngradeCause;
import dev.hubwire.transport.FakeTicker;
import dev.hubwire.transport.TransportDowngrade;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TransportHistoryTest {
  private static final ConnectionRequest ANN = from("Ann's browser");
  private static final ConnectionRequest BOB = from("Bob's browser");

  private final FakeTicker ticker = new FakeTicker();
  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          ConnectionTable.Limits.defaults(),
          ticker,
          Runnable::run);
  private final TransportHistory history = table.history();

  @Test
  void theBestTransportIsNoDowngrade() {
    assertThat(attach(ANN, negotiate(ANN), Transport.WEB_SOCKETS)).isNull();
    assertThat(history.snapshot()).isEmpty();
  }

  @Test
  void theBestIsJudgedByWhatWasOffered() {
    Session session = negotiate(ANN, Set.of(Transport.LONG_POLLING, Transport.SERVER_SENT_EVENTS));
    assertThat(attach(ANN, session, Transport.SERVER_SENT_EVENTS)).isNull();
  }

  @Test
  void aNegotiationThatLedToNothingPointsToAProxy() {
    negotiate(ANN);
    assertThat(attach(ANN, negotiate(ANN), Transport.SERVER_SENT_EVENTS))
        .isEqualTo(
            new TransportDowngrade(
                Transport.WEB_SOCKETS, Transport.SERVER_SENT_EVENTS, DowngradeCause.NEVER_ARRIVED));
  }

  @Test
  void anEventStreamThatWasNeverUsedPointsToABufferingProxy() {
    Set<Transport> offered = Set.of(Transport.LONG_POLLING, Transport.SERVER_SENT_EVENTS);
    attach(ANN, negotiate(ANN, offered), Transport.SERVER_SENT_EVENTS);
    assertThat(attach(ANN, negotiate(ANN, offered), Transport.LONG_POLLING))
        .isEqualTo(
            new TransportDowngrade(
                Transport.SERVER_SENT_EVENTS,
                Transport.LONG_POLLING,
                DowngradeCause.EVENTS_HELD_BACK));
  }

  @Test
  void anEventStreamThatWasUsedPointsToNothing() {
    Session used = negotiate(ANN);
    attach(ANN, used, Transport.SERVER_SENT_EVENTS);
    used.posted();
    assertThat(causeFor(ANN)).isEqualTo(DowngradeCause.CLIENT_CHOICE);
  }

  @Test
  void whatWasSeenComesBeforeWhatIsConcluded() {
    negotiate(ANN);
    history.sawForeignToken(ANN);
    assertThat(causeFor(ANN)).isEqualTo(DowngradeCause.WRONG_NODE);

    negotiate(ANN);
    history.sawForeignToken(ANN);
    history.sawRefusedHandshake(ANN);
    assertThat(causeFor(ANN)).isEqualTo(DowngradeCause.HANDSHAKE_REFUSED);

    negotiate(ANN);
    history.sawRefusedHandshake(ANN);
    history.sawStrippedHandshake(ANN);
    assertThat(causeFor(ANN)).isEqualTo(DowngradeCause.UPGRADE_HEADERS_STRIPPED);
  }

  @Test
  void aCauseExplainsOneConnectionAndNotTheNext() {
    negotiate(ANN);
    assertThat(causeFor(ANN)).isEqualTo(DowngradeCause.NEVER_ARRIVED);
    assertThat(causeFor(ANN)).isEqualTo(DowngradeCause.CLIENT_CHOICE);
  }

  @Test
  void oneClientsTroublesAreNotAnothers() {
    negotiate(ANN);
    history.sawStrippedHandshake(ANN);
    assertThat(causeFor(BOB)).isEqualTo(DowngradeCause.CLIENT_CHOICE);
  }

  @Test
  void oldTroublesAreForgotten() {
    negotiate(ANN);
    ticker.advance(Duration.ofMinutes(2));
    assertThat(causeFor(ANN)).isEqualTo(DowngradeCause.CLIENT_CHOICE);
  }

  @Test
  void downgradesAreCounted() {
    causeFor(ANN);
    causeFor(BOB);
    assertThat(history.snapshot())
        .containsOnly(
            Map.entry(
                new TransportDowngrade(
                    Transport.WEB_SOCKETS, Transport.LONG_POLLING, DowngradeCause.CLIENT_CHOICE),
                2L));
  }

  @Test
  void aClientIsReportedOnceForEachKindOfDowngrade() {
    ClientHistory client = new ClientHistory();
    TransportDowngrade choice =
        new TransportDowngrade(
            Transport.WEB_SOCKETS, Transport.LONG_POLLING, DowngradeCause.CLIENT_CHOICE);
    TransportDowngrade proxy =
        new TransportDowngrade(
            Transport.WEB_SOCKETS, Transport.LONG_POLLING, DowngradeCause.NEVER_ARRIVED);

    assertThat(client.firstReportOf(choice)).isTrue();
    assertThat(client.firstReportOf(choice)).isFalse();
    assertThat(client.firstReportOf(proxy)).isTrue();
  }

  @Test
  void aDowngradeIsReportedOncePerClient() {
    List<String> reports = new ArrayList<>();
    TransportHistory reported =
        new TransportHistory(
            ticker,
            Runnable::run,
            (id, request, downgrade) ->
                reports.add(request.header("User-Agent") + ": " + downgrade.cause()));
    for (ConnectionRequest client : List.of(ANN, ANN, BOB)) {
      Session session = requireNonNull(table.negotiate("/chat", 1, false, Transport.all()));
      reported.negotiated(client, session);
      assertThat(table.attach(session, Transport.LONG_POLLING)).isEqualTo(Binding.FIRST);
      reported.attached(client, session);
    }
    assertThat(reports)
        .containsExactly("Ann's browser: CLIENT_CHOICE", "Bob's browser: CLIENT_CHOICE");
  }

  @Test
  void theLogLineNamesTheConnectionTheClientAndTheCause() {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.hubwire.transport.session");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    try {
      Session session = negotiate(ANN);
      history.sawStrippedHandshake(ANN);
      attach(ANN, session, Transport.SERVER_SENT_EVENTS);
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.startsWith("TR-208"))
          .singleElement()
          .asString()
          .startsWith(
              "TR-208 "
                  + session.id()
                  + ": SERVER_SENT_EVENTS instead of WEB_SOCKETS at /chat for "
                  + ANN.remoteAddress()
                  + ", likely because ")
          .endsWith("(UPGRADE_HEADERS_STRIPPED)");
    } finally {
      logger.setLevel(null); // as configured
      logger.detachAppender(lines);
    }
  }

  @Test
  void eventsAreHeldBackFromAClientThatGotAStreamAndNeverHeardOfIt() {
    Session stream = negotiate(ANN);
    attach(ANN, stream, Transport.SERVER_SENT_EVENTS);
    assertThat(history.eventsAreHeldBack(ANN)).as("while it may still answer").isFalse();

    stream.ended(CloseReason.HANDSHAKE_FAILED);
    assertThat(history.eventsAreHeldBack(ANN)).isTrue();
    assertThat(history.eventsAreHeldBack(BOB)).isFalse();

    attach(ANN, negotiate(ANN), Transport.LONG_POLLING);
    assertThat(history.eventsAreHeldBack(ANN)).as("as long as it is remembered").isTrue();
    ticker.advance(Duration.ofMinutes(2));
    assertThat(history.eventsAreHeldBack(ANN)).isFalse();
  }

  @Test
  void aStreamThatEndedOtherwiseWasNotHeldBack() {
    Session left = negotiate(ANN);
    attach(ANN, left, Transport.SERVER_SENT_EVENTS);
    left.ended(CloseReason.CLIENT_GONE);
    Session refused = negotiate(ANN);
    attach(ANN, refused, Transport.SERVER_SENT_EVENTS);
    refused.posted();
    refused.ended(CloseReason.HANDSHAKE_FAILED);
    assertThat(history.eventsAreHeldBack(ANN)).isFalse();
  }

  private Session negotiate(ConnectionRequest client) {
    return negotiate(client, Transport.all());
  }

  private Session negotiate(ConnectionRequest client, Set<Transport> offered) {
    Session session = requireNonNull(table.negotiate("/chat", 1, false, offered));
    history.negotiated(client, session);
    return session;
  }

  private @Nullable TransportDowngrade attach(
      ConnectionRequest client, Session session, Transport transport) {
    assertThat(table.attach(session, transport)).isEqualTo(Binding.FIRST);
    return history.attached(client, session);
  }

  /** The cause found for a client that negotiates and polls. */
  private DowngradeCause causeFor(ConnectionRequest client) {
    return requireNonNull(attach(client, negotiate(client), Transport.LONG_POLLING)).cause();
  }

  private static ConnectionRequest from(String userAgent) {
    return new ConnectionRequest(
        "/chat",
        List.of(),
        List.of("User-Agent", userAgent),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
        null);
  }
}
