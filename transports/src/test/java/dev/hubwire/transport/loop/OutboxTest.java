package dev.hubwire.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SendBudget;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int LIMIT = 100;

  private final BufferPool pool = new BufferPool();

  @AfterEach
  void everyBufferIsBack() {
    assertThat(pool.outstanding()).isZero();
  }

  @Test
  void grantsRoomUntilTheLimitIsReachedAndLetsOnePayloadOvershoot() {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.CLOSE);
    assertThat(outbox.reserve(99)).isEqualTo(SendBudget.Room.GRANTED);
    assertThat(outbox.isWritable()).isTrue();
    assertThat(outbox.reserve(5_000)).isEqualTo(SendBudget.Room.GRANTED);
    assertThat(outbox.isWritable()).isFalse();
    assertThat(outbox.reserve(1)).isEqualTo(SendBudget.Room.TOO_SLOW);
  }

  @Test
  void asksSendersToWaitOnlyWhereThePolicySaysSo() {
    Outbox waiting = new Outbox(LIMIT, SlowConsumerPolicy.WAIT);
    Outbox dropping = new Outbox(LIMIT, SlowConsumerPolicy.DROP);
    assertThat(waiting.reserve(LIMIT).toSendResult()).isEqualTo(SendResult.CONGESTED);
    assertThat(dropping.reserve(LIMIT).toSendResult()).isEqualTo(SendResult.ACCEPTED);
  }

  @Test
  void dropsPastTheLimitWhereThePolicySaysSo() {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.DROP);
    outbox.reserve(LIMIT);
    assertThat(outbox.reserve(1).toSendResult()).isEqualTo(SendResult.DROPPED);
  }

  @Test
  void letsSendersThatCannotWaitGoOnUpToSixteenTimesTheLimit() {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.WAIT);
    for (int i = 0; i < 16; i++) {
      assertThat(outbox.reserve(LIMIT).isGranted()).isTrue();
    }
    assertThat(outbox.reserve(1)).isEqualTo(SendBudget.Room.TOO_SLOW);
  }

  @Test
  void whatIsRefusedTakesNoRoom() {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.DROP);
    SharedPayload payload = payload(LIMIT);
    outbox.reserve(payload.frameSize());
    outbox.add(payload);
    outbox.reserve(1_000);
    outbox.removeFirst(payload.frameSize());
    assertThat(outbox.reserve(LIMIT - 1)).isEqualTo(SendBudget.Room.GRANTED);
  }

  @Test
  void aWaitingSenderGoesOnWhenHalfTheLimitIsFree() throws InterruptedException {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.WAIT);
    SharedPayload first = payload(60);
    SharedPayload second = payload(60);
    for (SharedPayload payload : new SharedPayload[] {first, second}) {
      outbox.reserve(payload.frameSize());
      outbox.add(payload);
    }
    CountDownLatch passed = new CountDownLatch(1);
    Thread sender = Thread.ofVirtual().start(() -> waitThen(outbox, passed));
    outbox.removeFirst(first.frameSize());
    outbox.wakeIfDrained();
    assertThat(passed.getCount()).isOne();
    outbox.removeFirst(second.frameSize());
    outbox.wakeIfDrained();
    assertThat(passed.await(5, TimeUnit.SECONDS)).isTrue();
    sender.join();
  }

  @Test
  void closingWakesWhoWaitsAndReleasesWhatIsQueued() throws InterruptedException {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.WAIT);
    SharedPayload payload = payload(LIMIT);
    outbox.reserve(payload.frameSize());
    outbox.add(payload);
    CountDownLatch passed = new CountDownLatch(1);
    Thread sender = Thread.ofVirtual().start(() -> waitThen(outbox, passed));
    outbox.close();
    assertThat(passed.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(outbox.reserve(1)).isEqualTo(SendBudget.Room.CLOSED);
    sender.join();
  }

  @Test
  void releasesAPayloadThatArrivesAfterTheEnd() {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.WAIT);
    SharedPayload late = payload(10);
    outbox.reserve(late.frameSize());
    outbox.stopAccepting();
    outbox.add(late);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void keepsWhatIsQueuedWhenItStopsAccepting() {
    Outbox outbox = new Outbox(LIMIT, SlowConsumerPolicy.WAIT);
    SharedPayload payload = payload(10);
    outbox.reserve(payload.frameSize());
    outbox.add(payload);
    outbox.stopAccepting();
    assertThat(outbox.peek()).isSameAs(payload);
    outbox.removeFirst(payload.frameSize());
  }

  private static void waitThen(Outbox outbox, CountDownLatch passed) {
    try {
      outbox.awaitWritable();
      passed.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SharedPayload payload(int size) {
    PayloadWriter writer = new PayloadWriter(size);
    writer.write(new byte[size]);
    return SharedPayload.pooled(writer, TransferFormat.TEXT, pool);
  }
}
