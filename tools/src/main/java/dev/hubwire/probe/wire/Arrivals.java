package dev.hubwire.probe.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the threads of the HTTP client put, until a check takes it. Thread-safe. */
final class Arrivals {
  private static final Received NOTHING = new Received.Nothing();

  private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();

  void data(ByteBuffer bytes) {
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
    copy.put(bytes).flip();
    queue.add(new Received.Data(copy.asReadOnlyBuffer()));
  }

  void ended(String how) {
    queue.add(new Received.Ended(how));
  }

  Received take(Duration limit) throws InterruptedException {
    Received received = queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (received instanceof Received.Ended) {
      // Whoever asks again is told again.
      queue.add(received);
    }
    return received == null ? NOTHING : received;
  }
}
