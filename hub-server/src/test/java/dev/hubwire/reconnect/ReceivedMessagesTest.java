package dev.hubwire.reconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hubwire.protocol.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedMessagesTest {
  private final ReceivedMessages received = new ReceivedMessages();

  @Test
  void everyMessageIsNewUntilTheClientBeginsAgain() {
    count(3);
    received.startAt(2);
    assertThat(received.nextIsRepeated()).isTrue();
    assertThat(received.count(1)).isFalse();
    assertThat(received.count(1)).isFalse();
    assertThat(received.nextIsRepeated()).isFalse();
    assertThat(received.count(1)).isTrue();
  }

  @Test
  void aClientMayBeginWithWhatWasNeverHere() {
    count(3);
    received.startAt(4);
    assertThat(received.count(1)).isTrue();
    assertThat(received.acknowledge()).isEqualTo(4);
  }

  @Test
  void aClientMayNotLeaveOutAMessage() {
    count(3);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> received.startAt(5))
        .withMessage("Sequence ID greater than amount of messages we've received.");
  }

  /** An acknowledgement may have overtaken a replay that was cut off. */
  @Test
  void aClientThatWasCutWhileItRepeatedMayGoOnBehindWhatIsHere() {
    count(10);
    received.startAt(3);
    count(2);
    received.startAt(11);
    assertThat(received.count(1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void numbersBeginWithOne(long id) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> received.startAt(id));
  }

  @Test
  void aClientMayNotBeginBeforeAnEarlierBeginning() {
    count(5);
    received.startAt(3);
    received.startAt(3);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> received.startAt(2));
  }

  @Test
  void owesOneAcknowledgementForAllThatCame() {
    assertThat(received.owesAcknowledgement()).isFalse();
    count(3);
    assertThat(received.owesAcknowledgement()).isTrue();
    assertThat(received.acknowledge()).isEqualTo(3);
    assertThat(received.owesAcknowledgement()).isFalse();
  }

  @Test
  void owesAnotherForWhatCameAgain() {
    count(2);
    received.acknowledge();
    received.startAt(1);
    count(1);
    assertThat(received.owesAcknowledgement()).isTrue();
    assertThat(received.acknowledge()).isEqualTo(2);
  }

  @Test
  void countsTheBytesOfNewMessagesOnly() {
    received.count(10);
    received.count(20);
    received.startAt(1);
    received.count(10);
    assertThat(received.unacknowledgedBytes()).isEqualTo(30);
    received.acknowledge();
    assertThat(received.unacknowledgedBytes()).isZero();
  }

  private void count(int messages) {
    for (int i = 0; i < messages; i++) {
      received.count(1);
    }
  }
}
