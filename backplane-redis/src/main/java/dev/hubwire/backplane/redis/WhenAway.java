package dev.hubwire.backplane.redis;

/**
 * What a call does whose message cannot travel because Redis is away. The connections of this
 * server get the message in either case.
 */
public enum WhenAway {
  /**
   * It throws {@link dev.hubwire.backplane.BackplaneException}, as a call of the reference fails.
   */
  FAIL,

  /** It returns as if nothing was wrong; connections of other servers miss the message. */
  DELIVER_HERE
}
