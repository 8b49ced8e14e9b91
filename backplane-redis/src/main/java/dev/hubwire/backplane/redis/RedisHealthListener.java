package dev.hubwire.backplane.redis;

/** Told when a hub is joined with those of other servers, and when it is on its own. */
@FunctionalInterface
public interface RedisHealthListener {
  /**
   * The state has changed. On the backplane's own thread, which it must not hold up.
   *
   * @param hubName as on the backplane
   * @param healthy whether messages travel between servers from now on
   */
  void onHealthChange(String hubName, boolean healthy);
}
