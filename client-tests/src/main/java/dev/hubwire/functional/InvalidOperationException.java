package dev.hubwire.functional;

/**
 * What the reference throws for an application that cannot go on. Detailed errors show the simple
 * name of an exception to clients, and their tests expect this one.
 */
final class InvalidOperationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidOperationException(String message) {
    super(message);
  }
}
