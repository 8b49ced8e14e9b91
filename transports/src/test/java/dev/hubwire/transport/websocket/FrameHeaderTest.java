package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.2: the first two bytes, the mask, and which frame may follow which. */
class FrameHeaderTest {
  @Test
  void readsTheMaskedFrameOfTheStandard() {
    // RFC 6455 §5.7
    assertThat(FrameReading.ofHex("81 85 37fa213d 7f9f4d5158")).containsExactly("data Hello");
  }

  @Test
  void readsTextAndBinaryAlike() {
    assertThat(FrameReading.ofHex("82 85 37fa213d 7f9f4d5158")).containsExactly("data Hello");
  }

  @Test
  void readsAMaskOfZeroes() {
    assertThat(FrameReading.ofHex("81 82 00000000 6869")).containsExactly("data hi");
  }

  @ParameterizedTest
  @CsvSource({"c1,0x40", "a1,0x20", "91,0x10", "f1,0x70", "c9,0x40", "98,0x10", "d3,0x50"})
  void refusesReservedBitsAtTheFirstByte(String firstByte, String bits) {
    assertThat(FrameReading.ofHex(firstByte))
        .containsExactly("violation 1002 reserved bits: " + bits + " (expected: none)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "4", "5", "6", "7", "b", "c", "d", "e", "f"})
  void refusesAReservedOpcodeAtTheFirstByte(String opcode) {
    assertThat(FrameReading.ofHex("8" + opcode))
        .containsExactly(
            "violation 1002 opcode: 0x" + opcode + " (expected: 0x0 to 0x2 or 0x8 to 0xa)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"81 05", "82 7e", "88 00", "89 02", "8a 7f"})
  void refusesAFrameWithoutAMaskAtTheSecondByte(String header) {
    assertThat(FrameReading.ofHex(header))
        .containsExactly(
            "violation 1002 frame without a mask (expected: a mask, as a client must)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "00"})
  void refusesAContinuationOfNothing(String firstByte) {
    assertThat(FrameReading.ofHex(firstByte))
        .containsExactly("violation 1002 continuation frame (expected: a message to continue)");
  }

  @Test
  void refusesAContinuationOfAMessageThatHasEnded() {
    assertThat(FrameReading.ofHex("01 81 00000000 61  80 81 00000000 62  80"))
        .containsExactly(
            "data ab", "violation 1002 continuation frame (expected: a message to continue)");
  }

  @ParameterizedTest
  @CsvSource({"81,0x1", "01,0x1", "82,0x2", "02,0x2"})
  void refusesANewMessageWithinAMessage(String firstByte, String opcode) {
    assertThat(FrameReading.ofHex("01 81 00000000 61 " + firstByte))
        .containsExactly(
            "data a", "violation 1002 opcode: " + opcode + " within a message (expected: 0x0)");
  }

  @Test
  void joinsFragmentsAndMessagesIntoOneStream() {
    assertThat(
            FrameReading.ofHex(
                "01 81 00000000 61  00 80 00000000  00 81 00000000 62  80 81 00000000 63"
                    + " 82 81 00000000 64"))
        .containsExactly("data abcd");
  }

  @Test
  void saysNothingOfEmptyFrames() {
    assertThat(FrameReading.ofHex("81 80 00000000  02 80 01020304  80 80 00000000")).isEmpty();
  }

  @Test
  void readsNothingMoreAfterAViolation() {
    FrameReading reading = new FrameReading();
    ByteBuffer source = ByteBuffer.wrap(new byte[] {(byte) 0x83, 1, 2, 3});

    reading.read(source);
    reading.read(source);

    assertThat(reading.events()).hasSize(1);
    assertThat(source.position()).isEqualTo(1);
    assertThat(reading.isFinished()).isTrue();
  }

  @Test
  void refusesBuffersItCannotUse() {
    FrameReader reader = new FrameReader(1);
    ByteBuffer source = ByteBuffer.allocate(1);
    RecordingSink sink = new RecordingSink();

    assertThatThrownBy(() -> reader.read(source, ByteBuffer.allocate(124), sink))
        .hasMessage("scratch: 124 bytes (expected: >= 125)");
    source.order(ByteOrder.LITTLE_ENDIAN);
    assertThatThrownBy(() -> reader.read(source, ByteBuffer.allocate(125), sink))
        .hasMessage("source: little-endian (expected: big-endian)");
    assertThatThrownBy(() -> new FrameReader(0)).hasMessage("maxFrameBytes: 0 (expected: > 0)");
  }
}
