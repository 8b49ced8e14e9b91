package dev.hubwire.auth;

/** A token is not good. The message is for the log: it never quotes the token. */
final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  TokenRefusedException(String reason) {
    // The stack of a peer's fault says nothing, and a hostile peer could make us fill many.
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
