package dev.hubwire.transport.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Direct memory on loan from a {@link BufferPool}, counted. Any thread may retain and release; who
 * reads or writes the memory is for its holders to agree on.
 */
public final class PooledBuffer {
  private final BufferPool pool;
  private final ByteBuffer buffer;
  private final int sizeClass;
  private final AtomicInteger references = new AtomicInteger(1);

  PooledBuffer(BufferPool pool, ByteBuffer buffer, int sizeClass) {
    this.pool = pool;
    this.buffer = buffer;
    this.sizeClass = sizeClass;
  }

  /** The memory; at least as long as was asked for, with whatever its last holder left in it. */
  public ByteBuffer buffer() {
    return buffer;
  }

  /** Adds a reference; the caller must hold one. */
  public void retain() {
    if (references.getAndIncrement() <= 0) {
      throw new IllegalStateException("retained after its last release");
    }
  }

  /** Gives a reference back; the last one returns the memory to the pool. */
  public void release() {
    int left = references.decrementAndGet();
    if (left == 0) {
      pool.giveBack(this);
    } else if (left < 0) {
      throw new IllegalStateException("released more often than retained");
    }
  }

  int sizeClass() {
    return sizeClass;
  }
}
