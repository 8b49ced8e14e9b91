package dev.hubwire.transport.websocket;

import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.loop.Outbox;
import dev.hubwire.transport.loop.OutboxWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes payloads as frames, which they are already: small ones are copied together, a large one is
 * written from where it lies. Loop thread only.
 */
final class FrameWriter extends OutboxWriter {
  /** Frames longer than this are not worth a copy. */
  private static final int GATHER_LIMIT = 8 * 1024;

  /** The Close frame, written when the outbox is empty. */
  private @Nullable ByteBuffer closeFrame;

  FrameWriter(StreamSinkChannel sink, Outbox outbox) {
    super(sink, outbox);
  }

  /** Has this written after everything else. */
  void closeWith(ByteBuffer frame) {
    closeFrame = frame;
  }

  @Override
  protected int sizeOf(SharedPayload payload) {
    return payload.frameSize();
  }

  @Override
  protected @Nullable ByteBuffer last() {
    return closeFrame;
  }

  @Override
  protected ByteBuffer nextBatch(SharedPayload first, int written, ByteBuffer gather) {
    if (first.frameSize() - written > GATHER_LIMIT) {
      return first.frame().position(written);
    }
    int skip = written;
    for (SharedPayload payload : outbox().payloads()) {
      if (payload.frameSize() - skip > gather.remaining()) {
        break;
      }
      payload.copyFrameTo(gather, skip);
      skip = 0;
    }
    return gather.flip();
  }
}
