package dev.hubwire.dispatch;

import static dev.hubwire.dispatch.ReattachHarness.EVERYTHING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client of a hub that loses its socket and comes back ({@code hub-protocol.md} §9). */
class StatefulReconnectTest {
  private static final int BUFFER = 200;
  private static final String TELL = "{\"type\":1,\"target\":\"tell\",\"arguments\":[%d]}\u001e";

  private final ReattachHarness json = new ReattachHarness("json", 2, BUFFER);

  @ParameterizedTest
  @ValueSource(strings = {"json", "messagepack"})
  void sendsAgainWhatTheLostSocketMayHaveLost(String protocol) {
    ReattachHarness hub = new ReattachHarness(protocol, 2, BUFFER);
    hub.serverTells(1);
    hub.serverTells(2);
    hub.line().lose();
    hub.serverTells(3);
    hub.reattach();
    hub.serverTells(4);
    hub.exchange();
    assertThat(hub.told()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void beginsWithTheNumberOfTheOldestUnacknowledgedMessage() {
    json.serverTells(1);
    json.serverTells(2);
    json.down(EVERYTHING);
    json.client().tell(new HubMessage.Ack(1));
    json.up(EVERYTHING);
    json.line().lose();
    json.line().attach();
    assertThat(sentByServer()).isEqualTo("{\"type\":9,\"sequenceId\":2}\u001e" + TELL.formatted(2));
  }

  @Test
  void beginsWithTheNextNumberWhereEverythingIsAcknowledged() {
    json.serverTells(1);
    json.down(EVERYTHING);
    json.client().acknowledge();
    json.up(EVERYTHING);
    json.line().attach();
    assertThat(sentByServer()).isEqualTo("{\"type\":9,\"sequenceId\":2}\u001e");
  }

  @Test
  void acknowledgesOnceAScanWhatIsNew() {
    ReattachHarness roomy = new ReattachHarness("json", 2, 10_000);
    roomy.clientNotes(1);
    roomy.clientNotes(2);
    roomy.up(EVERYTHING);
    roomy.line().down(EVERYTHING);
    roomy.advance(Duration.ofSeconds(1));
    assertThat(new String(roomy.line().down(EVERYTHING), UTF_8))
        .isEqualTo("{\"type\":8,\"sequenceId\":2}\u001e");
    roomy.advance(Duration.ofSeconds(1));
    assertThat(roomy.line().down(EVERYTHING)).isEmpty();
  }

  @Test
  void acknowledgesAtOnceWhenMuchHasCome() {
    json.clientNotes(1);
    json.clientNotes(2);
    json.up(EVERYTHING);
    assertThat(sentByServer()).contains("{\"type\":8,\"sequenceId\":2}\u001e");
  }

  @Test
  void acknowledgesAgainWhatCameAgain() {
    json.clientNotes(1);
    json.up(EVERYTHING);
    json.advance(Duration.ofSeconds(1)); // lost on the way
    json.reattach();
    json.up(EVERYTHING);
    sentByServer();
    json.advance(Duration.ofSeconds(1));
    assertThat(sentByServer()).isEqualTo("{\"type\":8,\"sequenceId\":1}\u001e");
    assertThat(json.notes()).containsExactly(1);
  }

  @Test
  void pingsAndCloseMessagesAreNotCounted() {
    json.client().tell(HubMessage.Ping.INSTANCE);
    json.clientNotes(1);
    json.client().tell(HubMessage.Ping.INSTANCE);
    json.up(EVERYTHING);
    sentByServer();
    json.advance(Duration.ofSeconds(15));
    assertThat(sentByServer()).isEqualTo("{\"type\":8,\"sequenceId\":1}\u001e{\"type\":6}\u001e");
  }

  @Test
  void messagesThatDoNotBindAreCounted() {
    json.client().send(new HubMessage.StreamItem(Map.of(), "gone", 1));
    json.client().send(new HubMessage.Invocation(Map.of(), null, "nobody", List.of(1), List.of()));
    json.client()
        .send(new HubMessage.StreamInvocation(Map.of(), "7", "nobody", List.of(), List.of()));
    json.client().send(new HubMessage.CancelInvocation(Map.of(), "9"));
    json.client().send(HubMessage.Completion.end("8"));
    json.up(EVERYTHING);
    sentByServer();
    json.reattach();
    json.up(EVERYTHING);
    sentByServer();
    json.advance(Duration.ofSeconds(1));
    assertThat(sentByServer()).isEqualTo("{\"type\":8,\"sequenceId\":5}\u001e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "messagepack"})
  void itemsOfAnUploadThatHasEndedMayComeAgain(String protocol) {
    ReattachHarness hub = new ReattachHarness(protocol, 2, 10_000);
    hub.client().send(new HubMessage.Invocation(Map.of(), "1", "keep", List.of(), List.of("s")));
    hub.client().send(new HubMessage.StreamItem(Map.of(), "s", 5));
    hub.client().send(HubMessage.Completion.end("s"));
    hub.up(EVERYTHING);
    hub.reattach();
    hub.exchange();
    assertThat(hub.notes()).containsExactly(5);
    assertThat(hub.line().closeReason()).isNull();
  }

  @Test
  void theStartOfARecordIsForgottenWithItsSocket() {
    json.clientNotes(1);
    json.up(10);
    json.reattach();
    json.up(EVERYTHING);
    assertThat(json.notes()).containsExactly(1);
    assertThat(json.line().closeReason()).isNull();
  }

  @Test
  void aLowerAcknowledgementLosesNothing() {
    json.serverTells(1);
    json.serverTells(2);
    json.down(EVERYTHING);
    json.client().tell(new HubMessage.Ack(2));
    json.client().tell(new HubMessage.Ack(1));
    json.up(EVERYTHING);
    json.line().lose();
    json.serverTells(3);
    json.reattach();
    json.exchange();
    assertThat(json.told()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 2})
  void aSequenceThatCannotBeEndsTheConnection(long id) {
    json.client().tell(new HubMessage.Sequence(id));
    json.up(EVERYTHING);
    assertThat(json.line().closeReason()).isEqualTo(CloseReason.PROTOCOL_ERROR);
    assertThat(sentByServer())
        .startsWith("{\"type\":7,\"error\":\"Connection closed with an error. InvalidOperation")
        .endsWith(",\"allowReconnect\":true}\u001e");
    assertThat(json.ends()).hasSize(1);
  }

  @Test
  void firstVersionHasNoNumbers() {
    ReattachHarness plain = new ReattachHarness("json", 1, BUFFER);
    assertThat(plain.line().isReattachable()).isFalse();
    plain.client().tell(new HubMessage.Sequence(0));
    plain.client().tell(new HubMessage.Ack(7));
    plain.clientNotes(1);
    plain.up(EVERYTHING);
    plain.line().down(EVERYTHING);
    plain.advance(Duration.ofSeconds(1));
    assertThat(plain.line().down(EVERYTHING)).isEmpty();
    assertThat(plain.notes()).containsExactly(1);
  }

  @Test
  void aFullBufferHoldsSendersBackUntilTheClientAcknowledges() throws InterruptedException {
    fillBuffer();
    CountDownLatch sent = new CountDownLatch(1);
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  json.serverTellsFromElsewhere(99);
                  sent.countDown();
                });
    awaitBlocked(sender);
    json.down(EVERYTHING);
    json.client().acknowledge();
    json.up(EVERYTHING);
    assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
    json.settle();
    json.down(EVERYTHING);
    assertThat(json.told()).endsWith(99);
  }

  @Test
  void sendersWaitForAClientThatIsGoneAndGoOnWhenItIsBack() throws InterruptedException {
    json.line().lose();
    fillBuffer();
    CountDownLatch sent = new CountDownLatch(1);
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  json.serverTellsFromElsewhere(99);
                  sent.countDown();
                });
    awaitBlocked(sender);
    json.reattach();
    json.down(EVERYTHING);
    json.client().acknowledge();
    json.up(EVERYTHING);
    assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClientThatAcknowledgesNothingForFiveSecondsIsGivenUp() throws InterruptedException {
    fillBuffer();
    Thread sender = Thread.ofVirtual().start(() -> json.serverTellsFromElsewhere(99));
    awaitBlocked(sender);
    json.advance(Duration.ofMillis(4_900));
    assertThat(json.line().closeReason()).isNull();
    json.advance(Duration.ofMillis(100));
    assertThat(json.line().closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
    assertThat(sentByServer()).endsWith(",\"allowReconnect\":true}\u001e");
    sender.join();
    json.settle();
    assertThat(json.ends()).singleElement().satisfies(end -> assertThat(end).isPresent());
    assertThat(json.buffers()).isZero();
  }

  @Test
  void aFullBufferNobodyWaitsForMayStayFull() {
    fillBuffer();
    json.advance(Duration.ofSeconds(20));
    json.advance(Duration.ofSeconds(20));
    assertThat(json.line().closeReason()).isNull();
  }

  @Test
  void theHubHearsOnceOfAClientThatDoesNotComeBack() {
    json.serverTells(1);
    json.line().lose();
    json.line().expire();
    json.settle();
    assertThat(json.ends()).containsExactly(Optional.empty());
    assertThat(json.registered()).isZero();
    assertThat(json.buffers()).isZero();
  }

  @Test
  void aConnectionCanBeAbortedWhileItsClientIsAway() {
    json.client().send(new HubMessage.Invocation(Map.of(), null, "leave", List.of(), List.of()));
    json.line().up(json.client().up(EVERYTHING));
    json.line().lose();
    json.settle();
    assertThat(json.line().closeReason()).isEqualTo(CloseReason.ABORTED);
    assertThat(json.ends()).containsExactly(Optional.empty());
  }

  @Test
  void whileAClientIsAwayItsSilenceIsNotHeldAgainstIt() {
    json.client().tell(HubMessage.Ping.INSTANCE);
    json.up(EVERYTHING);
    json.line().lose();
    json.advance(Duration.ofSeconds(31));
    json.reattach();
    json.advance(Duration.ofSeconds(10));
    assertThat(json.line().closeReason()).isNull();
  }

  /** Leaves no room; whoever sends more from outside the lane has to wait. */
  private void fillBuffer() {
    for (int i = 0; i <= BUFFER / TELL.length() + 1; i++) {
      json.lane().call(() -> json.serverTellsFromElsewhere(7));
    }
    json.settle();
  }

  private static void awaitBlocked(Thread thread) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).as("the sender goes on").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private String sentByServer() {
    return new String(json.line().down(EVERYTHING), UTF_8);
  }
}
