package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sink that has enough for now. */
class PausedReaderTest {
  @Test
  void leavesTheRestOfTheSourceUnread() {
    FrameReading reading = new FrameReading();
    reading.sink.pauseAtEvery(1);
    ByteBuffer source =
        FrameReading.direct(
            ClientFrame.join(List.of(ClientFrame.text("first"), ClientFrame.text("second"))));

    reading.read(source);
    assertThat(reading.events()).containsExactly("data first");
    assertThat(source.remaining()).isEqualTo(ClientFrame.text("second").bytes().length);

    reading.read(source);
    assertThat(reading.events()).containsExactly("data first");

    reading.sink.resume();
    reading.read(source);
    assertThat(reading.events()).containsExactly("data first", "data second");
    assertThat(source.hasRemaining()).isFalse();
  }

  @Test
  void stopsWithinAFrameAfterAPieceOfTheScratchBuffer() {
    FrameReading reading = new FrameReading(FrameReading.MAX_FRAME, 125);
    reading.sink.pauseAtEvery(1);
    ByteBuffer source = FrameReading.direct(ClientFrame.text("x".repeat(300)).bytes());

    reading.read(source);
    assertThat(source.remaining()).isEqualTo(175);
    reading.sink.resume();
    reading.read(source);
    assertThat(source.remaining()).isEqualTo(50);
    reading.sink.resume();
    reading.read(source);
    assertThat(source.hasRemaining()).isFalse();
    assertThat(reading.sink.dataBytes()).isEqualTo(300);
  }

  @Test
  void holdsControlFramesBackToo() {
    FrameReading reading = new FrameReading();
    reading.sink.pauseAtEvery(1);
    ByteBuffer source =
        FrameReading.direct(
            ClientFrame.join(List.of(ClientFrame.text("data"), ClientFrame.close(1000, ""))));

    reading.read(source);
    assertThat(reading.events()).containsExactly("data data");
    assertThat(reading.isFinished()).isFalse();

    reading.sink.resume();
    reading.read(source);
    assertThat(reading.events()).containsExactly("data data", "close 1000");
  }

  @Test
  void readsNothingIfItIsPausedFromTheStart() {
    FrameReading reading = new FrameReading();
    reading.sink.pause();
    ByteBuffer source = FrameReading.direct(ClientFrame.ping("x").bytes());

    reading.read(source);

    assertThat(reading.events()).isEmpty();
    assertThat(source.remaining()).isEqualTo(7);
  }

  @Test
  void isToldOfAnIncompleteTextThoughPausedAtItsLastPiece() {
    FrameReading reading = new FrameReading();
    reading.sink.pauseAtEvery(1);

    reading.read(FrameReading.direct(ClientFrame.of(Opcodes.TEXT, new byte[] {-61}).bytes()));

    assertThat(reading.events())
        .containsExactly("data c3", "violation 1007 text that ends within a character");
  }
}
