package dev.hubwire.dispatch;

import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.hub.HubObserver;
import dev.hubwire.hub.HubOperation;
import org.jspecify.annotations.Nullable;

/** Tells the observer of one hub what is run; an observer that fails harms nobody. Immutable. */
final class Observations {
  private final @Nullable HubObserver observer;
  private final Class<?> hubClass;

  /**
   * @param observer null if nobody wants to hear of it
   */
  Observations(@Nullable HubObserver observer, Class<?> hubClass) {
    this.observer = observer;
    this.hubClass = hubClass;
  }

  /** Whether anybody wants to hear of it. */
  boolean wanted() {
    return observer != null;
  }

  /** Null if nobody hears of the end. */
  HubObserver.@Nullable Observation start(
      HubOperation.Kind kind, String method, HubCallerContext caller) {
    if (observer == null) {
      return null;
    }
    try {
      return observer.started(new HubOperation(kind, hubClass, method, caller));
    } catch (RuntimeException failure) {
      DispatchLog.observerFailed(caller.connectionId(), method, failure);
      return null;
    }
  }

  static void end(
      HubObserver.@Nullable Observation observation,
      @Nullable Throwable outcome,
      HubCallerContext caller) {
    if (observation == null) {
      return;
    }
    try {
      observation.ended(outcome);
    } catch (RuntimeException failure) {
      DispatchLog.observerFailed(caller.connectionId(), "end", failure);
    }
  }
}
