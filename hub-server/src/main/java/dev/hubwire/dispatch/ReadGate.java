package dev.hubwire.dispatch;

import dev.hubwire.transport.TransportConnection;
import java.util.EnumSet;
import java.util.Set;

/** Whether a connection is read, which several things may be against. Lane thread only. */
final class ReadGate {
  /** What is against it. */
  enum Cause {
    /** Too many bytes of calls wait. */
    CALLS,
    /** A hub's method does not read what its client uploads. */
    UPLOADS
  }

  private static final Set<Cause> NONE = Set.of();

  private final TransportConnection transport;

  /** {@link #NONE} unless something is. */
  private Set<Cause> causes = NONE;

  ReadGate(TransportConnection transport) {
    this.transport = transport;
  }

  void hold(Cause cause) {
    if (causes.isEmpty()) {
      causes = EnumSet.of(cause);
      transport.pauseReads();
    } else {
      causes.add(cause);
    }
  }

  void release(Cause cause) {
    if (!causes.isEmpty() && causes.remove(cause) && causes.isEmpty()) {
      causes = NONE;
      transport.resumeReads();
    }
  }

  boolean isShut() {
    return !causes.isEmpty();
  }
}
