package dev.hubwire.backplane;

/** Joins the hubs of a server with those of others. Called once for each hub class. */
@FunctionalInterface
public interface BackplaneFactory {
  /**
   * Joins one hub. May take its time, but does not fail because other servers cannot be reached.
   *
   * @return closed by the caller, after the hub's last connection is gone
   * @throws IllegalArgumentException if the hub cannot be joined; the message says what to change
   */
  Backplane join(LocalHub hub);
}
