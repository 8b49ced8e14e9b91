package dev.hubwire.transport.websocket;

import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.loop.Outbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Drains one connection's outbox into its socket. Loop thread only.
 *
 * <p>Small frames are gathered into the loop's buffer, so that one system call carries many; a
 * large one is written from where it lies. How far the first frame got is kept here, since a shared
 * payload has no position of its own.
 */
final class FrameWriter {
  /** Frames longer than this are not worth a copy. */
  private static final int GATHER_LIMIT = 8 * 1024;

  private final StreamSinkConduit socket;
  private final Outbox outbox;

  /** Bytes of the outbox's first frame that are written. */
  private int written;

  /** The Close frame, written when the outbox is empty. */
  private @Nullable ByteBuffer closeFrame;

  FrameWriter(StreamSinkConduit socket, Outbox outbox) {
    this.socket = socket;
    this.outbox = outbox;
  }

  /** Has this written after everything else. */
  void closeWith(ByteBuffer frame) {
    closeFrame = frame;
  }

  /** Whether something waits to be written. */
  boolean hasWork() {
    return !outbox.isEmpty() || (closeFrame != null && closeFrame.hasRemaining());
  }

  /** What {@link #drain} came to. */
  enum Progress {
    /** Everything is written and has left. */
    DONE,
    /** Some was written; the socket takes no more now. */
    SOME,
    /** The socket takes nothing now. */
    NONE
  }

  /**
   * Writes until nothing waits or the socket takes no more.
   *
   * @param gather the loop's write buffer
   */
  Progress drain(ByteBuffer gather) throws IOException {
    boolean progress = false;
    while (hasWork()) {
      ByteBuffer batch = nextBatch(gather);
      int count = socket.write(batch);
      progress |= count > 0;
      consume(count);
      if (batch.hasRemaining()) {
        return progress ? Progress.SOME : Progress.NONE;
      }
    }
    return socket.flush() ? Progress.DONE : progress ? Progress.SOME : Progress.NONE;
  }

  private ByteBuffer nextBatch(ByteBuffer gather) {
    SharedPayload first = outbox.peek();
    if (first == null) {
      // Consumed through the buffer itself: nothing comes after a Close frame.
      return closeFrame == null ? gather.clear().limit(0) : closeFrame;
    }
    if (first.frameSize() - written > GATHER_LIMIT) {
      return first.frame().position(written);
    }
    gather.clear();
    int skip = written;
    for (SharedPayload payload : outbox.payloads()) {
      if (payload.frameSize() - skip > gather.remaining()) {
        break;
      }
      payload.copyFrameTo(gather, skip);
      skip = 0;
    }
    return gather.flip();
  }

  private void consume(int count) {
    int left = count;
    SharedPayload first;
    while (left > 0 && (first = outbox.peek()) != null) {
      int missing = first.frameSize() - written;
      if (left < missing) {
        written += left;
        return;
      }
      left -= missing;
      written = 0;
      outbox.removeFirst(first.frameSize());
    }
  }
}
