package dev.hubwire.dispatch;

import dev.hubwire.protocol.HubMessage;

/** What a client asked for that was read, bound and allowed, and has not begun. */
sealed interface Call {
  /** Its size on the wire, by which waiting calls are bounded. */
  int wireBytes();

  /** An invocation that is answered once, or not at all. */
  record Unary(
      HubConnection connection,
      HubMessage.Invocation message,
      HubMethodDescriptor method,
      int wireBytes)
      implements Call {}

  /** An invocation that is answered by a stream; it begins in its turn, and then others may. */
  record Streamed(StreamRun stream, int wireBytes) implements Call {}
}
