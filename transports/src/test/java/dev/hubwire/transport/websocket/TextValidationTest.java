package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §8.1: a text message is UTF-8, which only shows over all of its fragments. */
class TextValidationTest {
  private static final String NOT_UTF8 = "violation 1007 text that is not UTF-8";
  private static final String CUT_OFF = "violation 1007 text that ends within a character";

  @Test
  void acceptsACharacterCutByFragmentsAndByControlFrames() {
    assertThat(
            FrameReading.ofHex(
                "01 81 00000000 f0  89 80 00000000  00 82 00000000 9f98  80 81 00000000 80"))
        .containsExactly("data f0", "ping", "data 9f9880");
  }

  @ParameterizedTest
  @CsvSource({
    "c0,''",
    "f5,''",
    "80,''",
    "e080,e0",
    "eda0,ed",
    "f080,f0",
    "f490,f4",
    "e28241,e282",
    "c241,c2"
  })
  void refusesAByteNoCharacterCanHaveThereBeforeAnythingFollows(String bytes, String valid) {
    // The frame announces far more than there is.
    assertThat(FrameReading.ofHex("01 fe 0400 00000000 6f6b" + bytes))
        .containsExactly("data " + (valid.isEmpty() ? "ok" : "6f6b" + valid), NOT_UTF8);
  }

  @Test
  void handsOnWhatIsValidAndNothingIfTheFirstByteIsAtFault() {
    assertThat(FrameReading.ofHex("81 81 00000000 ff")).containsExactly(NOT_UTF8);
    assertThat(FrameReading.ofHex("81 84 00000000 6869ff68")).containsExactly("data hi", NOT_UTF8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3", "e2", "e282", "f0", "f09f", "f09f98"})
  void refusesAMessageThatEndsWithinACharacter(String bytes) {
    String last = "81 8" + bytes.length() / 2 + " 00000000" + bytes;
    assertThat(FrameReading.ofHex(last)).containsExactly("data " + bytes, CUT_OFF);

    String emptyLast = "01 8" + bytes.length() / 2 + " 00000000" + bytes + " 80 80 00000000";
    assertThat(FrameReading.ofHex(emptyLast)).containsExactly("data " + bytes, CUT_OFF);
  }

  @Test
  void refusesItWhereverTheReadsCutIt() {
    byte[] frame = HexFormat.of().parseHex("818a00000000" + "e6bca2e5ad97edbfbf61");
    for (int size = 1; size <= frame.length; size++) {
      assertThat(FrameReading.ofPieces(frame, size))
          .as("pieces of %d", size)
          .containsExactly("data e6bca2e5ad97ed", NOT_UTF8);
    }
  }

  @Test
  void startsAfreshWithEveryMessage() {
    assertThat(
            FrameReading.ofHex(
                "82 81 00000000 e2  81 82 00000000 c3a9  02 81 00000000 ff  80 81 00000000 c3"
                    + " 81 81 00000000 61"))
        .containsExactly("data e2c3a9ffc361");
  }

  @Test
  void checksNoBinaryMessage() {
    assertThat(FrameReading.ofHex("02 82 00000000 ffc0  80 81 00000000 e2"))
        .containsExactly("data ffc0e2");
  }

  @Test
  void findsAFaultBehindALongStretchOfAscii() {
    byte[] text = new byte[1000];
    Arrays.fill(text, (byte) 'a');
    text[997] = (byte) 0xff;

    assertThat(FrameReading.of(ClientFrame.of(Opcodes.TEXT, text)))
        .containsExactly("data " + "a".repeat(997), NOT_UTF8);
  }
}
