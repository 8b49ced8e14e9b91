package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.2: the three forms of a length, and what it is held against. */
class FrameLengthTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,0",
    "125,0",
    "126,2",
    "127,2",
    "128,2",
    "65535,2",
    "65536,8",
    "65537,8",
    "1048576,8"
  })
  void readsEveryFormOfALength(int length, int lengthBytes) {
    ClientFrame frame = ClientFrame.of(Opcodes.BINARY, new byte[length]);
    assertThat(frame.lengthBytes()).isEqualTo(lengthBytes);

    FrameReading reading = new FrameReading();
    reading.read(frame);
    // Only if the frame was read to its very end is what follows understood.
    reading.read(ClientFrame.ping("end"));

    assertThat(reading.events()).last().isEqualTo("ping end");
    assertThat(reading.sink.dataBytes()).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({"5,2", "5,8", "125,8", "300,8"})
  void takesALengthInALongerFormThanNeeded(int length, int lengthBytes) {
    FrameReading reading = new FrameReading();
    reading.read(ClientFrame.of(Opcodes.BINARY, new byte[length]).withLengthIn(lengthBytes));

    assertThat(reading.sink.dataBytes()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void takesThatOfAControlFrameToo(int lengthBytes) {
    assertThat(FrameReading.of(ClientFrame.ping("hello").withLengthIn(lengthBytes)))
        .containsExactly("ping hello");
  }

  @Test
  void refusesALengthWithItsHighestBitSet() {
    assertThat(FrameReading.ofHex("82 ff 8000000000000000"))
        .containsExactly("violation 1002 length: 9223372036854775808 (expected: < 2^63)");
  }

  @Test
  void refusesAFrameThatAnnouncesTooMuchBeforeItsMask() {
    assertThat(FrameReading.ofHex("82 ff 0000000000100001"))
        .containsExactly("violation 1009 frame of 1048577 bytes (expected: <= 1048576)");
    assertThat(FrameReading.ofHex("82 ff 7fffffffffffffff"))
        .containsExactly(
            "violation 1009 frame of 9223372036854775807 bytes (expected: <= 1048576)");
  }

  @Test
  void holdsEveryFragmentAgainstTheLimitAndNotTheirSum() {
    FrameReading reading = new FrameReading(2, 125);
    reading.read(ClientFrame.text("ab").notFinal());
    reading.read(ClientFrame.continuation("cd").notFinal());
    reading.read(ClientFrame.continuation("efg"));

    assertThat(reading.events())
        .containsExactly("data abcd", "violation 1009 frame of 3 bytes (expected: <= 2)");
  }

  @Test
  void holdsNoControlFrameAgainstTheLimit() {
    FrameReading reading = new FrameReading(2, 125);
    reading.read(ClientFrame.ping("longer"));

    assertThat(reading.events()).containsExactly("ping longer");
  }

  @Test
  void handsALongFrameOnInPiecesOfTheScratchBuffer() {
    FrameReading reading = new FrameReading(FrameReading.MAX_FRAME, 125);
    reading.read(ClientFrame.text("0123456789".repeat(100)));

    assertThat(reading.events()).containsExactly("data " + "0123456789".repeat(100));
    assertThat(reading.sink.pieces()).isEqualTo(8);
  }

  @Test
  void handsOnWhatIsThereOfAFrameWhoseRestIsStillToCome() {
    FrameReading reading = new FrameReading();
    reading.read(FrameReading.direct(new byte[] {(byte) 0x82, (byte) 0x85, 0, 0, 0, 0, 'a', 'b'}));

    assertThat(reading.events()).containsExactly("data ab");
  }
}
