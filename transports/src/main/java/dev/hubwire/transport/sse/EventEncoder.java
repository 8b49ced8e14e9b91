package dev.hubwire.transport.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hubwire.transport.SharedPayload;
import java.nio.ByteBuffer;

/**
 * Payloads as events ({@code docs/protocol/connections.md} §4.2): each line of one becomes a {@code
 * data} field, so that line ends in it survive as LF. Every kind of line end counts as one, as the
 * client will read it: CR LF, LF and a CR alone.
 *
 * <p>An event is never made as a whole: whatever part of it is wanted is encoded straight into the
 * buffer that is written.
 */
final class EventEncoder {
  private static final ByteBuffer FIELD = ByteBuffer.wrap("data: ".getBytes(US_ASCII));
  private static final ByteBuffer LINE_END = ByteBuffer.wrap("\r\n".getBytes(US_ASCII));

  /** What each line costs beside its content. */
  private static final int AROUND_A_LINE = FIELD.limit() + LINE_END.limit();

  private final ByteBuffer target;

  /** Bytes of the event that are not wanted any more. */
  private int skip;

  private EventEncoder(int skip, ByteBuffer target) {
    this.skip = skip;
    this.target = target;
  }

  /** The bytes of an event. */
  static int sizeOf(SharedPayload payload) {
    if (payload.size() == 0) {
      return LINE_END.limit();
    }
    if (payload.isOneLine()) {
      return payload.size() + AROUND_A_LINE + LINE_END.limit();
    }
    ByteBuffer content = payload.content();
    int size = LINE_END.limit();
    int lineStart = 0;
    do {
      int lineEnd = endOfLine(content, lineStart);
      size += lineEnd - lineStart + AROUND_A_LINE;
      lineStart = startOfNext(content, lineEnd);
    } while (lineStart >= 0);
    return size;
  }

  /** Appends as much of an event as there is room for, from its byte {@code from} on. */
  static void encode(SharedPayload payload, int from, ByteBuffer target) {
    new EventEncoder(from, target).encode(payload);
  }

  private void encode(SharedPayload payload) {
    ByteBuffer content = payload.content();
    boolean oneLine = payload.isOneLine();
    int lineStart = content.hasRemaining() ? 0 : -1;
    while (lineStart >= 0 && target.hasRemaining()) {
      int lineEnd = oneLine ? content.limit() : endOfLine(content, lineStart);
      append(FIELD, 0, FIELD.limit());
      append(content, lineStart, lineEnd);
      append(LINE_END, 0, LINE_END.limit());
      lineStart = startOfNext(content, lineEnd);
    }
    append(LINE_END, 0, LINE_END.limit());
  }

  private void append(ByteBuffer source, int start, int end) {
    int skipped = Math.min(skip, end - start);
    skip -= skipped;
    int length = Math.min(end - start - skipped, target.remaining());
    target.put(target.position(), source, start + skipped, length);
    target.position(target.position() + length);
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
