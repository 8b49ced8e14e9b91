package dev.hubwire.transport.websocket;

import java.nio.ByteBuffer;

/**
 * Takes what a {@link FrameReader} finds, in the order of the wire and on the reader's thread.
 *
 * <p>Every buffer has an accessible array and is the reader's: it is overwritten after the call, so
 * what is needed later must be copied. A sink must not call its reader back. An exception it throws
 * leaves {@link FrameReader#read} as it is, and the reader must not be used again.
 */
interface FrameSink {
  /**
   * Some payload of a text or binary message, at least one byte. Neither the ends of frames nor
   * those of messages are told. Of a text message only well-formed UTF-8 arrives here, though a
   * character may be spread over calls.
   */
  void onData(ByteBuffer bytes);

  /** A whole Ping, to be answered with a Pong of the same payload (RFC 6455 §5.5.2). */
  void onPing(ByteBuffer payload);

  /** A whole Pong, asked for or not. */
  void onPong(ByteBuffer payload);

  /**
   * A whole Close: the last call.
   *
   * @param code what the peer said, or {@link CloseCodes#NO_STATUS} if it said nothing
   * @param reason what the peer said, or the empty string
   */
  void onClose(int code, String reason);

  /**
   * Whether to hold the rest back. Asked before each frame and after each call of {@link #onData}:
   * on true the reader leaves the rest of its source unread, control frames included, and goes on
   * where it stopped when it is called again. A sink that is done with its connection stays paused.
   */
  boolean isPaused();
}
