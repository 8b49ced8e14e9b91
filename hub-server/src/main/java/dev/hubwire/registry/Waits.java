package dev.hubwire.registry;

import java.util.concurrent.CancellationException;

/** How a sender that waits answers an interrupt. */
final class Waits {
  private Waits() {}

  /** Keeps the interrupt and tells the caller that nothing was sent. */
  static CancellationException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    CancellationException result =
        new CancellationException("interrupted while waiting to send: nothing was sent");
    result.initCause(cause);
    return result;
  }
}
