package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.5.1 and §7.4: Close frames. */
class CloseFrameTest {
  @Test
  void readsOneWithoutACode() {
    assertThat(FrameReading.ofHex("88 80 00000000")).containsExactly("close 1005");
  }

  @Test
  void readsCodeAndReason() {
    assertThat(FrameReading.ofHex("88 82 00000000 03e8")).containsExactly("close 1000");
    assertThat(FrameReading.of(ClientFrame.close(4999, "so long: κόσμε")))
        .containsExactly("close 4999 so long: κόσμε");
  }

  @Test
  void readsOneThatArrivesByteByByte() {
    byte[] close = ClientFrame.close(1001, "going").bytes();
    assertThat(FrameReading.ofPieces(close, 1)).containsExactly("close 1001 going");
  }

  @Test
  void readsTheLongestReason() {
    String reason = "r".repeat(123);
    assertThat(FrameReading.of(ClientFrame.close(1000, reason)))
        .containsExactly("close 1000 " + reason);
  }

  @Test
  void refusesHalfACode() {
    assertThat(FrameReading.ofHex("88 81 00000000 03"))
        .containsExactly("violation 1002 Close of 1 byte (expected: 0 or >= 2)");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
        4999
      })
  void acceptsACodeThatMayBeSent(int code) {
    assertThat(FrameReading.of(ClientFrame.close(code, ""))).containsExactly("close " + code);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 5001, 32768, 65535
      })
  void refusesACodeThatMayNot(int code) {
    assertThat(FrameReading.of(ClientFrame.close(code, "why")))
        .containsExactly(
            "violation 1002 close code: " + code + " (expected: one that may be sent)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c080", "eda080", "6162e282"})
  void refusesAReasonThatIsNotUtf8(String reason) {
    int length = 2 + reason.length() / 2;
    assertThat(FrameReading.ofHex("88 8" + length + " 00000000 03e8" + reason))
        .containsExactly("violation 1002 close reason that is not UTF-8");
  }

  @Test
  void isReadWithinAMessageAndWithinACharacter() {
    assertThat(FrameReading.ofHex("01 81 00000000 e2  88 82 00000000 03e8"))
        .containsExactly("data e2", "close 1000");
  }

  @Test
  void isTheLastThatIsRead() {
    FrameReading reading = new FrameReading();
    byte[] late = ClientFrame.text("late").bytes();
    ByteBuffer source =
        FrameReading.direct(
            ByteBuffer.allocate(8 + late.length)
                .put(ClientFrame.close(1000, "").bytes())
                .put(late)
                .array());

    reading.read(source);
    reading.read(source);

    assertThat(reading.events()).containsExactly("close 1000");
    assertThat(reading.isFinished()).isTrue();
    assertThat(source.remaining()).isEqualTo(late.length);
  }

  @Test
  void endsNothingBeforeItIsThereWhole() {
    FrameReading reading = new FrameReading();
    reading.read(FrameReading.direct(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3}));

    assertThat(reading.events()).isEmpty();
    assertThat(reading.isFinished()).isFalse();
  }
}
