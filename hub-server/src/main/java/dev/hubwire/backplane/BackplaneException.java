package dev.hubwire.backplane;

import org.jspecify.annotations.Nullable;

/**
 * What a call asked of other servers was not done, or nobody knows whether it was. Connections of
 * this server were served all the same.
 */
public final class BackplaneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BackplaneException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
