package dev.hubwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.reconnect.ReconnectLimits;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.User;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final HubSettings SETTINGS =
      new HubSettings(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          32_768,
          65_536,
          1,
          false,
          User::id,
          new HubSettings.StreamLimits(10, 100),
          new ReconnectLimits(100_000, SlowConsumerPolicy.WAIT));

  private final Liveness liveness = new Liveness(SETTINGS, 0);

  @Test
  void aHandshakeIsLateAfterItsTimeout() {
    assertThat(liveness.handshakeIsLate(seconds(14))).isFalse();
    assertThat(liveness.handshakeIsLate(seconds(15))).isTrue();
  }

  @Test
  void aClientThatNeverPingsIsNeverSilent() {
    assertThat(liveness.clientIsSilent(seconds(3_600), false)).isFalse();
  }

  @Test
  void aClientThatPingedIsSilentAfterTheClientTimeout() {
    liveness.messageCame();
    liveness.pingCame();
    assertThat(liveness.clientIsSilent(seconds(1), false)).isFalse();
    assertThat(liveness.clientIsSilent(seconds(30), false)).isFalse();
    assertThat(liveness.clientIsSilent(seconds(31), false)).isTrue();
  }

  @Test
  void everyMessageCountsAsLife() {
    liveness.pingCame();
    liveness.messageCame();
    assertThat(liveness.clientIsSilent(seconds(29), false)).isFalse();
    liveness.messageCame();
    assertThat(liveness.clientIsSilent(seconds(58), false)).isFalse();
    assertThat(liveness.clientIsSilent(seconds(87), false)).isFalse();
    assertThat(liveness.clientIsSilent(seconds(88), false)).isTrue();
  }

  @Test
  void silenceDoesNotCountWhileWeDoNotRead() {
    liveness.pingCame();
    assertThat(liveness.clientIsSilent(seconds(40), true)).isFalse();
    assertThat(liveness.clientIsSilent(seconds(69), false)).isFalse();
    assertThat(liveness.clientIsSilent(seconds(70), false)).isTrue();
  }

  @Test
  void keepAliveIsDueOncePerInterval() {
    assertThat(liveness.keepAliveIsDue(seconds(14))).isFalse();
    assertThat(liveness.keepAliveIsDue(seconds(15))).isTrue();
    assertThat(liveness.keepAliveIsDue(seconds(16))).isFalse();
    assertThat(liveness.keepAliveIsDue(seconds(30))).isTrue();
  }

  private static long seconds(long count) {
    return Duration.ofSeconds(count).toNanos();
  }
}
