package dev.hubwire.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.token.NodeName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
  private static final NodeName SENDER = new NodeName("n1");

  /** Test thread only. */
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  private final Stamp stamp = stamp("a secret of the cluster");

  @Test
  void isGoodForItsTokenWithinAMinute() {
    String value = stamp.make(SENDER, "token");
    assertThat(stamp.isGood(value, "token")).isTrue();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(stamp.isGood(value, "token")).isTrue();
    now = now.minus(Duration.ofMinutes(2));
    assertThat(stamp.isGood(value, "token")).as("clocks differ").isTrue();
  }

  @Test
  void isGoodForNothingElse() {
    String value = stamp.make(SENDER, "token");
    assertThat(stamp.isGood(value, "another")).isFalse();
    assertThat(stamp.isGood(value.replace("n1", "n2"), "token")).isFalse();
    assertThat(stamp("another secret, as long").isGood(value, "token")).isFalse();
    now = now.plus(Duration.ofSeconds(61));
    assertThat(stamp.isGood(value, "token")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "n1", "n1 1 ", "n1 x y", "  "})
  void whatIsNoStampIsNotGood(String value) {
    assertThat(stamp.isGood(value, "token")).isFalse();
  }

  private Stamp stamp(String secret) {
    return new Stamp(secret.getBytes(UTF_8), () -> now);
  }
}
