package dev.hubwire.registry;

import dev.hubwire.transport.Lane;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Every lane that the hubs of one server have met. Answers whether a thread may wait: a hub's
 * inline method runs on a lane, where waiting would stop all of its connections. Thread-safe.
 */
public final class Lanes {
  private final CopyOnWriteArrayList<Lane> lanes = new CopyOnWriteArrayList<>();

  void add(Lane lane) {
    lanes.addIfAbsent(lane);
  }

  /** Whether the calling thread is a lane's. */
  boolean isCurrent() {
    for (Lane lane : lanes) {
      if (lane.isCurrent()) {
        return true;
      }
    }
    return false;
  }
}
