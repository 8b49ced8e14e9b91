package dev.hubwire.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection tells the code that runs on it. Every call but {@link #acceptsUser} comes on
 * the connection's {@link Lane}, one at a time; none must block. After {@link #onClosed} there are
 * no more calls. An exception thrown by a call ends the connection with {@link
 * CloseReason#APPLICATION_ERROR}.
 */
public interface TransportListener {
  /**
   * Bytes from the client, in order. Where a message starts or ends is not kept: it is a stream of
   * bytes.
   *
   * @param bytes a buffer with an accessible array, the caller's: it is overwritten after the call,
   *     so what is needed later must be copied
   */
  void onReceived(ByteBuffer bytes);

  /**
   * The periodic scan, about once a second; the base for keep-alive and time-outs.
   *
   * @param nowNanos the loop's clock, in nanoseconds since an arbitrary origin
   */
  default void onTick(long nowNanos) {}

  /**
   * Whether somebody who shows other credentials is still the connection's user. The one call that
   * comes on any thread, and at any time; it must not throw. As it is, by id and issuer: {@link
   * User#isSame}.
   *
   * @param current null for nobody
   * @param shown null for nobody
   */
  default boolean acceptsUser(@Nullable User current, @Nullable User shown) {
    return User.isSame(current, shown);
  }

  /**
   * The client showed newer credentials, and they count from now on ({@code
   * docs/protocol/net11-additions.md} §1.6). {@link TransportConnection#user()} has them too.
   */
  default void onUserChanged(@Nullable User user) {}

  /**
   * The socket is lost, and the connection waits for its client to bring another. Only after {@link
   * TransportConnection#allowReattach}.
   */
  default void onDetached() {}

  /**
   * A new socket carries the connection; comes after {@link #onDetached} and before any byte of the
   * new socket. The stream of received bytes starts anew: what came before ends here, wherever it
   * was cut.
   */
  default void onReattached() {}

  /**
   * Whether something is under way that the end of the connection would break off, or was at the
   * last look: what that sent may wait in the lane behind this call. A server that is taken out of
   * service looks twice, and closes the connection later then ({@link
   * TransportConnection#closeUnlessBusy}).
   */
  default boolean isBusy() {
    return false;
  }

  /**
   * The connection is about to be closed in an orderly way: the last chance to send something,
   * which {@link TransportConnection#deliver} puts in front of the transport's own goodbye. Not
   * called when the client leaves or the connection is cut.
   */
  default void onClosing(CloseReason reason) {}

  /**
   * The connection is over: the last call. Nothing can be sent any more.
   *
   * @param cause what went wrong, or null where the reason says it all
   */
  void onClosed(CloseReason reason, @Nullable Throwable cause);
}
