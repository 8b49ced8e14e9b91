package dev.hubwire.transport.buffer;

/**
 * Hears of every loan of a {@link BufferPool}; for tests that name the borrower of a lost buffer.
 * Thread-safe.
 */
public interface LeakListener {
  /** Listens to nothing. */
  LeakListener NONE =
      new LeakListener() {
        @Override
        public void lent(PooledBuffer buffer) {}

        @Override
        public void returned(PooledBuffer buffer) {}
      };

  /** Called by the borrowing thread, inside {@link BufferPool#acquire}. */
  void lent(PooledBuffer buffer);

  /** Called by the thread that gave the last reference back. */
  void returned(PooledBuffer buffer);
}
