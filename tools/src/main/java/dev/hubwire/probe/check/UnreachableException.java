package dev.hubwire.probe.check;

import java.io.IOException;

/** Nothing that speaks HTTP answers at the URL. */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreachableException(String message, IOException cause) {
    super(message, cause);
  }
}
