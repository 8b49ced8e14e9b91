package dev.hubwire.transport.websocket;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The attempts of a client to bring another socket, in the order in which it made them. What loops
 * do for two sockets may come in any order, and the client means the one that it asked for last.
 */
final class Attempts {
  private final AtomicInteger begun = new AtomicInteger();

  /** The newest one that brought its socket. The connection's loop only. */
  private int newest;

  /** Numbers an attempt, before its handshake is answered. Any thread. */
  int begin() {
    return begun.incrementAndGet();
  }

  /**
   * Whether an attempt that brings its socket is not behind another. The connection's loop only.
   */
  boolean isNewest(int attempt) {
    newest = Math.max(newest, attempt);
    return attempt == newest;
  }
}
