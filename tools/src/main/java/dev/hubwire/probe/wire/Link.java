package dev.hubwire.probe.wire;

import java.io.IOException;
import java.time.Duration;

/** Bytes to a hub and back over one transport. Used by one thread at a time. */
public interface Link extends AutoCloseable {
  /**
   * @throws RefusedException if a request that carries them is refused
   * @throws IOException if the link is over
   */
  void send(byte[] bytes) throws IOException, InterruptedException;

  /** Waits for what comes next. */
  Received receive(Duration limit) throws InterruptedException;

  /** Drops the link; what waits on it ends. */
  @Override
  void close();
}
