package dev.hubwire.backplane.redis;

/** There is no session with Redis. */
final class AwayException extends Exception {
  private static final long serialVersionUID = 1L;

  AwayException() {
    super("Redis is away");
  }
}
