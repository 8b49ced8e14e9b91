package dev.hubwire.reconnect;

import dev.hubwire.protocol.ProtocolException;

/**
 * The numbers of what one client sent ({@code docs/protocol/hub-protocol.md} §9.3, §9.6): which
 * messages were here before, and what is to be acknowledged. Lane thread only.
 */
final class ReceivedMessages {
  /** The number that the next message has. */
  private long nextId = 1;

  /** The highest number that has come. */
  private long highestId;

  /** Where the client began when it last told us. */
  private long lastStart = 1;

  private long acknowledgedId;

  /** Whether a message came again: then an acknowledgement of it was lost. */
  private boolean repeated;

  /** Bytes of new messages since the last acknowledgement. */
  private long bytes;

  /** Whether the next message was here before. */
  boolean nextIsRepeated() {
    return nextId <= highestId;
  }

  /**
   * A message came.
   *
   * @return whether it is new
   */
  boolean count(int wireBytes) {
    long id = nextId++;
    if (id <= highestId) {
      repeated = true;
      return false;
    }
    highestId = id;
    bytes += wireBytes;
    return true;
  }

  /**
   * The client begins again with this number.
   *
   * @throws ProtocolException if it cannot: a message would be missing, or the number is one that
   *     the client has been told it may forget
   */
  void startAt(long id) {
    if (id > highestId + 1) {
      throw new ProtocolException(
          "InvalidOperationException",
          "Sequence ID greater than amount of messages we've received.");
    }
    if (id < lastStart) {
      throw new ProtocolException(
          "InvalidOperationException",
          "Sequence ID " + id + " is lower than an earlier one, " + lastStart + ".");
    }
    lastStart = id;
    nextId = id;
  }

  /** Bytes of new messages that are not acknowledged. */
  long unacknowledgedBytes() {
    return bytes;
  }

  /** Whether the client should hear what has come. */
  boolean owesAcknowledgement() {
    return highestId > acknowledgedId || repeated;
  }

  /** What to acknowledge, counted as done. */
  long acknowledge() {
    acknowledgedId = highestId;
    repeated = false;
    bytes = 0;
    return highestId;
  }
}
