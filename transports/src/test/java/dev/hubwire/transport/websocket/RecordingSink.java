package dev.hubwire.transport.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes down what a reader hands on, one line per event. Data that follows data is one event: how
 * it was cut means nothing. Bytes are shown as text where they are printable ASCII, else in hex.
 */
final class RecordingSink implements FrameSink {
  private final List<String> events = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int pieces;
  private int dataBytes;
  private int pausedAtPiece;
  private boolean paused;

  /** Pauses at every piece of data whose number is a multiple of {@code interval}. */
  void pauseAtEvery(int interval) {
    pausedAtPiece = interval;
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
  }

  int pieces() {
    return pieces;
  }

  /** How many bytes of data there were in all. */
  int dataBytes() {
    return dataBytes;
  }

  void violated(WebSocketException violation) {
    add("violation " + violation.closeCode() + " " + violation.getMessage());
  }

  List<String> events() {
    if (data.size() > 0) {
      byte[] whole = data.toByteArray();
      data.reset();
      events.add("data " + show(whole));
    }
    return events;
  }

  @Override
  public void onData(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      throw new AssertionError("an empty piece of data");
    }
    data.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    dataBytes += bytes.remaining();
    pieces++;
    if (pausedAtPiece > 0 && pieces % pausedAtPiece == 0) {
      paused = true;
    }
    // A sink may leave the buffer in any state.
    bytes.position(bytes.limit());
  }

  @Override
  public void onPing(ByteBuffer payload) {
    add("ping " + show(drain(payload)));
  }

  @Override
  public void onPong(ByteBuffer payload) {
    add("pong " + show(drain(payload)));
  }

  @Override
  public void onClose(int code, String reason) {
    add("close " + code + " " + reason);
  }

  @Override
  public boolean isPaused() {
    return paused;
  }

  /** The line that stands for some bytes. */
  static String show(byte[] bytes) {
    for (byte value : bytes) {
      if (value < ' ' || value > '~') {
        return HexFormat.of().formatHex(bytes);
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private void add(String event) {
    List<String> before = events();
    before.add(event.strip());
  }

  private static byte[] drain(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
