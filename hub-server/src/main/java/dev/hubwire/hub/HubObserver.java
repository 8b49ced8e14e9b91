package dev.hubwire.hub;

import org.jspecify.annotations.Nullable;

/**
 * Hears of every call and callback that is run, filters included: what tracing and metrics are
 * adapted to. Calls that are refused are not run. Serves all of a server's hubs, on any thread,
 * several at a time; what it throws is logged and harms nobody.
 */
@FunctionalInterface
public interface HubObserver {
  /** Something begins, on the calling thread. */
  Observation started(HubOperation operation);

  /** Hears of the end. */
  @FunctionalInterface
  interface Observation {
    /**
     * It has ended, on the thread on which it began: a call when its answer was sent, one that
     * streams when its stream has ended.
     *
     * @param failure null if it did not fail; a stream that is cancelled does not
     */
    void ended(@Nullable Throwable failure);
  }
}
