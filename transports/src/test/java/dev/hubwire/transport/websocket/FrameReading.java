package dev.hubwire.transport.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A reader of its own with what it needs, and the events it has brought. */
final class FrameReading {
  static final long MAX_FRAME = 1 << 20;

  private final FrameReader reader;
  private final ByteBuffer scratch;
  final RecordingSink sink = new RecordingSink();

  FrameReading() {
    this(MAX_FRAME, 1 << 16);
  }

  FrameReading(long maxFrameBytes, int scratchBytes) {
    reader = new FrameReader(maxFrameBytes);
    scratch = ByteBuffer.allocate(scratchBytes);
  }

  /** The events of some frames that arrive in one read. */
  static List<String> of(ClientFrame... frames) {
    return of(ClientFrame.join(Arrays.asList(frames)));
  }

  /** The events of bytes, in hex with blanks, that arrive in one read. */
  static List<String> ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  static List<String> of(byte[] stream) {
    FrameReading reading = new FrameReading();
    reading.read(stream);
    return reading.events();
  }

  /** The events of bytes that arrive in pieces of these sizes, over and over. */
  static List<String> ofPieces(byte[] stream, int... sizes) {
    FrameReading reading = new FrameReading();
    reading.readPieces(stream, sizes);
    return reading.events();
  }

  void readPieces(byte[] stream, int... sizes) {
    int from = 0;
    for (int i = 0; from < stream.length; i++) {
      int to = Math.min(stream.length, from + sizes[i % sizes.length]);
      read(Arrays.copyOfRange(stream, from, to));
      from = to;
    }
  }

  /** Reads bytes to their end; a sink that paused is resumed. */
  void read(byte[] bytes) {
    ByteBuffer source = direct(bytes);
    do {
      sink.resume();
      read(source);
    } while (source.hasRemaining() && !reader.isFinished());
  }

  void read(ClientFrame frame) {
    read(frame.bytes());
  }

  /** Reads once. */
  void read(ByteBuffer source) {
    try {
      reader.read(source, scratch, sink);
    } catch (WebSocketException violation) {
      sink.violated(violation);
    }
  }

  boolean isFinished() {
    return reader.isFinished();
  }

  List<String> events() {
    return sink.events();
  }

  /** As a socket read leaves them: in direct memory, not at its start. */
  static ByteBuffer direct(byte[] bytes) {
    int offset = 3;
    ByteBuffer source = ByteBuffer.allocateDirect(bytes.length + offset).position(offset);
    return source.put(bytes).flip().position(offset);
  }
}
