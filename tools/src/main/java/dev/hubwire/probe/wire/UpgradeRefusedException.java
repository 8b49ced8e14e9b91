package dev.hubwire.probe.wire;

import java.io.IOException;

/** A WebSocket handshake was answered as any other request is. */
public final class UpgradeRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String location;

  UpgradeRefusedException(int status, String location) {
    super("the WebSocket handshake was answered " + status);
    this.status = status;
    this.location = location;
  }

  public int status() {
    return status;
  }

  /** The header {@code Location}, empty where there is none. */
  public String location() {
    return location;
  }
}
