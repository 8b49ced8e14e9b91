package dev.hubwire.backplane.redis;

/** Whom Redis gave a message to, as far as it can tell. */
enum Reach {
  SOMEBODY,
  NOBODY,
  /** Nobody at the node that was asked; in a cluster, others may have. */
  UNKNOWN;

  static Reach of(long receivers, boolean clustered) {
    return receivers > 0 ? SOMEBODY : clustered ? UNKNOWN : NOBODY;
  }
}
