package dev.hubwire.transport.loop;

import static java.util.Objects.requireNonNull;

import dev.hubwire.transport.SharedPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * Drains one connection's outbox into its socket. Loop thread only.
 *
 * <p>Payloads are gathered into the loop's buffer, so that one system call carries many. How far
 * the first one got is kept here, since a shared payload has no position of its own; it leaves the
 * outbox, and its room is free again, when the socket has taken all of it.
 */
public abstract class OutboxWriter {
  private final StreamSinkChannel sink;
  private final Outbox outbox;

  /** Bytes of the outbox's first payload, as this transport writes it, that are written. */
  private int written;

  protected OutboxWriter(StreamSinkChannel sink, Outbox outbox) {
    this.sink = sink;
    this.outbox = outbox;
  }

  /** What {@link #drain} came to. */
  public enum Progress {
    /** Everything is written and has left. */
    DONE,
    /** Some was written; the socket takes no more now. */
    SOME,
    /** The socket takes nothing now. */
    NONE
  }

  /** The bytes of a payload as this transport writes it; what was reserved for it. */
  protected abstract int sizeOf(SharedPayload payload);

  /**
   * The bytes that are written next.
   *
   * @param first the payload they begin with
   * @param written how many of its bytes are written
   * @param gather the loop's write buffer, cleared
   */
  protected abstract ByteBuffer nextBatch(SharedPayload first, int written, ByteBuffer gather);

  /** What is written when the outbox is empty; null for nothing. Moved on as it is written. */
  protected @Nullable ByteBuffer last() {
    return null;
  }

  /** Whether something waits to be written. */
  public final boolean hasWork() {
    return !outbox.isEmpty() || hasLast();
  }

  /**
   * Writes until nothing waits or the socket takes no more.
   *
   * @param gather the loop's write buffer
   */
  public Progress drain(ByteBuffer gather) throws IOException {
    boolean progress = false;
    while (hasWork()) {
      SharedPayload first = outbox.peek();
      ByteBuffer batch =
          first == null ? requireNonNull(last()) : nextBatch(first, written, gather.clear());
      int count = sink.write(batch);
      progress |= count > 0;
      consume(count);
      if (batch.hasRemaining()) {
        return progress ? Progress.SOME : Progress.NONE;
      }
    }
    return sink.flush() ? Progress.DONE : progress ? Progress.SOME : Progress.NONE;
  }

  protected final Outbox outbox() {
    return outbox;
  }

  protected final StreamSinkChannel sink() {
    return sink;
  }

  private boolean hasLast() {
    ByteBuffer last = last();
    return last != null && last.hasRemaining();
  }

  private void consume(int count) {
    int left = count;
    SharedPayload first;
    while (left > 0 && (first = outbox.peek()) != null) {
      int size = sizeOf(first);
      int missing = size - written;
      if (left < missing) {
        written += left;
        return;
      }
      left -= missing;
      written = 0;
      outbox.removeFirst(size);
    }
  }
}
