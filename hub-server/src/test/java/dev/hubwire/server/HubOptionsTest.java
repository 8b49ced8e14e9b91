package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.dispatch.HubSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HubOptionsTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    HubSettings settings = HubOptions.builder().build().settings();
    assertThat(settings.keepAlive()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.clientTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.handshakeTimeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.maxMessageBytes()).isEqualTo(32_768);
    assertThat(settings.parallelInvocations()).isOne();
    assertThat(settings.detailedErrors()).isFalse();
  }

  @Test
  void complainsAboutAClientTimeoutThatPingsCannotKeep() {
    HubOptions.Builder options =
        HubOptions.builder()
            .keepAlive(Duration.ofSeconds(15))
            .clientTimeout(Duration.ofSeconds(10));
    assertThatIllegalArgumentException()
        .isThrownBy(options::build)
        .withMessage("clientTimeout: PT10S (expected: > keepAlive PT15S)");
  }

  @Test
  void complainsAboutAValueWhereItIsSet() {
    HubOptions.Builder options = HubOptions.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.keepAlive(Duration.ZERO))
        .withMessage("keepAlive: PT0S (expected: > 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.parallelInvocations(0))
        .withMessage("parallelInvocations: 0 (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.maxMessageBytes(0))
        .withMessage("maxMessageBytes: 0 (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.statefulReconnectBufferSize(0))
        .withMessage("statefulReconnectBufferSize: 0 (expected: >= 1)");
  }

  @Test
  void statefulReconnectIsOffByDefault() {
    HubOptions options = HubOptions.builder().build();
    assertThat(options.transport().allowStatefulReconnects()).isFalse();
    assertThat(options.settings().reconnect().bufferBytes()).isEqualTo(100_000);
    assertThat(
            HubOptions.builder()
                .allowStatefulReconnects(true)
                .build()
                .transport()
                .allowStatefulReconnects())
        .isTrue();
  }

  @Test
  void noLimitIsSaidInAWordOfItsOwn() {
    HubSettings settings = HubOptions.builder().unlimitedMessageBytes().build().settings();
    assertThat(settings.maxMessageBytes()).isZero();
  }
}
