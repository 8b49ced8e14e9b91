package dev.hubwire.transport.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hubwire.transport.SharedPayload;
import java.nio.ByteBuffer;

/**
 * Payloads as events ({@code docs/protocol/connections.md} §4.2): each line of one becomes a {@code
 * data} field, so that line ends in it survive as LF. Every kind of line end counts as one, as the
 * client will read it: CR LF, LF and a CR alone.
 */
final class EventEncoder {
  private static final byte[] FIELD = "data: ".getBytes(US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);

  private EventEncoder() {}

  /**
   * An upper bound of the bytes of an event; exact for a payload of one line, which all of JSON's
   * are.
   */
  static int sizeOf(SharedPayload payload) {
    return FIELD.length + payload.size() + 2 * LINE_END.length;
  }

  /** The bytes of an event. */
  static int exactSizeOf(ByteBuffer content) {
    if (!content.hasRemaining()) {
      return LINE_END.length;
    }
    int size = LINE_END.length;
    int lineStart = content.position();
    do {
      int lineEnd = endOfLine(content, lineStart);
      size += FIELD.length + (lineEnd - lineStart) + LINE_END.length;
      lineStart = startOfNext(content, lineEnd);
    } while (lineStart >= 0);
    return size;
  }

  /**
   * Appends an event to a buffer with {@link #exactSizeOf} bytes of room. The content keeps its
   * position.
   */
  static void encode(ByteBuffer content, ByteBuffer target) {
    int lineStart = content.hasRemaining() ? content.position() : -1;
    while (lineStart >= 0) {
      int lineEnd = endOfLine(content, lineStart);
      target.put(FIELD);
      target.put(target.position(), content, lineStart, lineEnd - lineStart);
      target.position(target.position() + lineEnd - lineStart);
      target.put(LINE_END);
      lineStart = startOfNext(content, lineEnd);
    }
    target.put(LINE_END);
  }

  private static int endOfLine(ByteBuffer content, int from) {
    for (int i = from; i < content.limit(); i++) {
      byte b = content.get(i);
      if (b == '\n' || b == '\r') {
        return i;
      }
    }
    return content.limit();
  }

  /** Where the next line starts, or -1 if that was the last. */
  private static int startOfNext(ByteBuffer content, int lineEnd) {
    if (lineEnd == content.limit()) {
      return -1;
    }
    boolean pair =
        content.get(lineEnd) == '\r'
            && lineEnd + 1 < content.limit()
            && content.get(lineEnd + 1) == '\n';
    return lineEnd + (pair ? 2 : 1);
  }
}
