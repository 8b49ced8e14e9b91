package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.5: what a server sends. */
class ControlFramesTest {
  @Test
  void writesThePongOfTheStandard() {
    // RFC 6455 §5.7 shows it masked: a server's has no mask.
    assertThat(hex(ControlFrames.pong(bytes("Hello")))).isEqualTo("8a0548656c6c6f");
  }

  @Test
  void writesThePingOfTheStandard() {
    assertThat(hex(ControlFrames.ping(bytes("Hello")))).isEqualTo("890548656c6c6f");
  }

  @Test
  void writesEmptyOnes() {
    assertThat(hex(ControlFrames.ping(bytes("")))).isEqualTo("8900");
    assertThat(hex(ControlFrames.pong(bytes("")))).isEqualTo("8a00");
  }

  @Test
  void writesTheLongestPong() {
    ByteBuffer pong = ControlFrames.pong(ByteBuffer.allocate(125));

    assertThat(pong.remaining()).isEqualTo(127);
    assertThat(pong.get(1)).isEqualTo((byte) 125);
  }

  @Test
  void copiesWhatRemainsAndLeavesItsSourceAlone() {
    ByteBuffer payload = bytes("xxabyy").position(2).limit(4);

    ByteBuffer pong = ControlFrames.pong(payload);
    payload.put(2, (byte) 'z');

    assertThat(hex(pong)).isEqualTo("8a026162");
    assertThat(payload.position()).isEqualTo(2);
  }

  @Test
  void writesCloseWithAndWithoutAReason() {
    assertThat(hex(ControlFrames.close(CloseCodes.NORMAL, ""))).isEqualTo("880203e8");
    assertThat(hex(ControlFrames.close(CloseCodes.PROTOCOL_ERROR, "é"))).isEqualTo("880403eac3a9");
    assertThat(ControlFrames.close(4999, "r".repeat(123)).remaining()).isEqualTo(127);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> ControlFrames.ping(ByteBuffer.allocate(126)))
        .hasMessage("payload: 126 bytes (expected: <= 125)");
    assertThatThrownBy(() -> ControlFrames.close(1000, "é".repeat(62)))
        .hasMessage("reason: 124 bytes (expected: <= 123)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1005, 1006, 1015, 2000, 5000, 66536})
  void refusesACodeThatMayNotBeSent(int code) {
    assertThatThrownBy(() -> ControlFrames.close(code, ""))
        .hasMessage("code: " + code + " (expected: 1000 to 1003, 1007 to 1014 or 3000 to 4999)");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
