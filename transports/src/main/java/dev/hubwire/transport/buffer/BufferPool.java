package dev.hubwire.transport.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pooled direct memory in powers of two from 256 bytes to 1 MiB; larger requests get memory of
 * their own that is not kept. Thread-safe.
 *
 * <p>Every loan is counted. {@link #outstanding()} is zero when nobody holds anything, which is
 * what tests assert; a pool made with a {@link LeakListener} is also told who borrowed what.
 */
public final class BufferPool {
  private static final int SMALLEST_BITS = 8;
  private static final int LARGEST_BITS = 20;

  /** Bytes kept per size class when idle; classes above it keep one buffer. */
  private static final int KEPT_BYTES_PER_CLASS = 1 << 20;

  private static final int UNPOOLED = -1;

  private final List<ArrayBlockingQueue<ByteBuffer>> idle = new ArrayList<>();
  private final AtomicLong outstanding = new AtomicLong();
  private final LeakListener leaks;

  public BufferPool() {
    this(LeakListener.NONE);
  }

  public BufferPool(LeakListener leaks) {
    this.leaks = leaks;
    for (int bits = SMALLEST_BITS; bits <= LARGEST_BITS; bits++) {
      idle.add(new ArrayBlockingQueue<>(Math.max(1, KEPT_BYTES_PER_CLASS >> bits)));
    }
  }

  /** Lends memory of at least {@code capacity} bytes, with one reference held by the caller. */
  public PooledBuffer acquire(int capacity) {
    int sizeClass = sizeClass(capacity);
    ByteBuffer buffer = sizeClass == UNPOOLED ? null : idle.get(sizeClass).poll();
    if (buffer == null) {
      int size = sizeClass == UNPOOLED ? capacity : 1 << (SMALLEST_BITS + sizeClass);
      buffer = ByteBuffer.allocateDirect(size);
    }
    PooledBuffer lent = new PooledBuffer(this, buffer, sizeClass);
    outstanding.incrementAndGet();
    leaks.lent(lent);
    return lent;
  }

  /** How many buffers are on loan. */
  public long outstanding() {
    return outstanding.get();
  }

  void giveBack(PooledBuffer returned) {
    outstanding.decrementAndGet();
    leaks.returned(returned);
    if (returned.sizeClass() != UNPOOLED) {
      // A full queue lets go of the memory: the pool never holds more than its bound.
      boolean unused = idle.get(returned.sizeClass()).offer(returned.buffer().clear());
    }
  }

  private static int sizeClass(int capacity) {
    if (capacity > 1 << LARGEST_BITS) {
      return UNPOOLED;
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(capacity - 1, 0));
    return Math.max(bits - SMALLEST_BITS, 0);
  }
}
