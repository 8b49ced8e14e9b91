package dev.hubwire.hub;

import org.jspecify.annotations.Nullable;

/**
 * A failure that is meant for the client: its message is sent as it is, even when detailed errors
 * are off. Every other exception of a hub's method is logged and reaches the client as a general
 * sentence.
 */
public class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HubException(String message) {
    super(message);
  }

  public HubException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
