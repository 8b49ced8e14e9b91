package dev.hubwire.dispatch;

/** A user lost a role between the moment a call was read and the moment its turn came. */
final class UnauthorizedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnauthorizedException() {
    super("the user may not call this method any more", null, false, false);
  }
}
