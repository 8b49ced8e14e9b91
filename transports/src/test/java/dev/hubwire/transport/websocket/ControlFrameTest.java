package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 §5.5: Ping and Pong; for Close see {@link CloseFrameTest}. */
class ControlFrameTest {
  @Test
  void readsPingAndPong() {
    // RFC 6455 §5.7 for the first
    assertThat(FrameReading.ofHex("89 85 37fa213d 7f9f4d5158  8a 82 00000000 6869"))
        .containsExactly("ping Hello", "pong hi");
  }

  @Test
  void readsEmptyOnesWithNothingBehindThem() {
    assertThat(FrameReading.ofHex("89 80 00000000")).containsExactly("ping");
    assertThat(FrameReading.ofHex("8a 80 01020304")).containsExactly("pong");
  }

  @Test
  void readsTheLongestAllowed() {
    String payload = "p".repeat(125);
    assertThat(FrameReading.of(ClientFrame.ping(payload))).containsExactly("ping " + payload);
    assertThat(FrameReading.ofPieces(ClientFrame.pong(payload).bytes(), 1))
        .containsExactly("pong " + payload);
  }

  @ParameterizedTest
  @ValueSource(strings = {"89", "8a", "88"})
  void refusesALongerOneFromItsLength(String firstByte) {
    assertThat(FrameReading.ofHex(firstByte + "fe 007e"))
        .containsExactly("violation 1002 control frame of 126 bytes (expected: <= 125)");
    assertThat(FrameReading.ofHex(firstByte + "ff 0000000100000005"))
        .containsExactly("violation 1002 control frame of 4294967301 bytes (expected: <= 125)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"09", "0a", "08"})
  void refusesAFragmentAtTheFirstByte(String firstByte) {
    assertThat(FrameReading.ofHex(firstByte))
        .containsExactly("violation 1002 control frame in fragments (expected: in one frame)");
  }

  @Test
  void readsThemBetweenFragmentsInTheOrderOfTheWire() {
    assertThat(
            FrameReading.of(
                ClientFrame.text("a").notFinal(),
                ClientFrame.ping("1"),
                ClientFrame.continuation("b").notFinal(),
                ClientFrame.pong("2"),
                ClientFrame.ping("3"),
                ClientFrame.continuation("c"),
                ClientFrame.ping("4")))
        .containsExactly("data a", "ping 1", "data b", "pong 2", "ping 3", "data c", "ping 4");
  }

  @Test
  void readsOneThatArrivesByteByByteBetweenOthers() {
    FrameReading reading = new FrameReading();
    reading.readPieces(ClientFrame.ping("first").bytes(), 1);
    reading.read(ClientFrame.ping("second"));
    reading.readPieces(ClientFrame.ping("third").bytes(), 8, 1);

    assertThat(reading.events()).containsExactly("ping first", "ping second", "ping third");
  }
}
