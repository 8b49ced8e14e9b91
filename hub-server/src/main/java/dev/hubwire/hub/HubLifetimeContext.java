package dev.hubwire.hub;

/** A callback of a hub, as filters see it. For the thread that runs the callback. */
public interface HubLifetimeContext {
  /** The hub that was made for this callback. */
  Hub<?> hub();

  HubCallerContext caller();

  /** The services of this callback; they end with it. */
  ServiceScope services();
}
