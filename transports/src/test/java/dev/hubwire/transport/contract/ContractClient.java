package dev.hubwire.transport.contract;

import org.jspecify.annotations.Nullable;

/** A client with one connection, over whatever transport. Blocking, ten seconds at most. */
interface ContractClient extends AutoCloseable {
  /**
   * The content of what comes next in one piece: of a frame, an event, an answered poll. Null where
   * the connection has ended as it should.
   */
  @Nullable String next();

  /** Lets the server send, and takes nothing of it. */
  void listen();

  /** Whether something has come that was not taken. */
  boolean hasInput();

  void send(String text);

  /** Leaves without a word. */
  void leave();

  @Override
  void close();
}
