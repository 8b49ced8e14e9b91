package dev.hubwire.registry;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/**
 * Bounds what is posted to the lanes and not done yet. Past the limit those wait who can; a lane's
 * own thread cannot, and is bounded by what its connections receive. Thread-safe.
 */
final class Backlog {
  private final Semaphore places;
  private final Lanes lanes;

  Backlog(int limit, Lanes lanes) {
    this.places = new Semaphore(limit);
    this.lanes = lanes;
  }

  /**
   * Begins one piece of work.
   *
   * @return whether it took a place, for {@link #end}
   * @throws CancellationException if the thread is interrupted while it waits
   */
  boolean begin() {
    if (places.tryAcquire()) {
      return true;
    }
    if (lanes.isCurrent()) {
      return false;
    }
    try {
      places.acquire();
      return true;
    } catch (InterruptedException e) {
      throw Waits.interrupted(e);
    }
  }

  void end(boolean tookPlace) {
    if (tookPlace) {
      places.release();
    }
  }
}
