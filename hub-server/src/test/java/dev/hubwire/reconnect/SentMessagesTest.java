package dev.hubwire.reconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SendBudget;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SentMessagesTest {
  private static final int SIZE = 10;

  private final BufferPool pool = new BufferPool();
  private final SendBudget budget = new SendBudget(4 * SIZE, SlowConsumerPolicy.WAIT);
  private final SentMessages sent = new SentMessages(budget);

  @AfterEach
  void everyBufferIsBack() {
    sent.close();
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void keepsWhatIsNotAcknowledgedInOrder() {
    send(4);
    assertThat(sent.acknowledge(2)).isTrue();
    assertThat(sent.firstId()).isEqualTo(3);
    assertThat(kept()).containsExactly(3, 4);
    assertThat(pool.outstanding()).isEqualTo(2);
  }

  @Test
  void beginsWithTheNextNumberWhereNothingIsKept() {
    assertThat(sent.firstId()).isEqualTo(1);
    send(2);
    sent.acknowledge(2);
    assertThat(sent.firstId()).isEqualTo(3);
    assertThat(kept()).isEmpty();
  }

  @Test
  void aLowerAcknowledgementChangesNothing() {
    send(3);
    sent.acknowledge(2);
    assertThat(sent.acknowledge(1)).isFalse();
    assertThat(sent.acknowledge(-5)).isFalse();
    send(1);
    assertThat(sent.firstId()).isEqualTo(3);
    assertThat(kept()).containsExactly(3, 4);
  }

  @Test
  void anAcknowledgementOfMoreThanWasSentMeansAll() {
    send(3);
    sent.acknowledge(Long.MAX_VALUE);
    assertThat(kept()).isEmpty();
    send(1);
    assertThat(sent.firstId()).isEqualTo(4);
    assertThat(kept()).containsExactly(4);
  }

  @Test
  void acknowledgementsMakeRoom() {
    send(4);
    assertThat(budget.isWritable()).isFalse();
    sent.acknowledge(1);
    assertThat(budget.isWritable()).isTrue();
  }

  @Test
  void takesNothingAfterTheEnd() {
    send(2);
    sent.close();
    assertThat(sent.add(payload(9))).isFalse();
    assertThat(pool.outstanding()).isZero();
    assertThat(budget.reserve(1)).isEqualTo(SendBudget.Room.CLOSED);
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      int next = Math.toIntExact(sent.firstId()) + kept().size();
      budget.reserve(SIZE);
      assertThat(sent.add(payload(next))).isTrue();
    }
  }

  private SharedPayload payload(int number) {
    PayloadWriter writer = new PayloadWriter(SIZE);
    for (int i = 0; i < SIZE; i++) {
      writer.write(number);
    }
    return SharedPayload.pooled(writer, TransferFormat.BINARY, pool);
  }

  private List<Integer> kept() {
    List<Integer> numbers = new ArrayList<>();
    sent.payloads().forEach(payload -> numbers.add((int) payload.content().get(0)));
    return numbers;
  }
}
