package dev.hubwire.transport;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.ConnectionId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, whatever carries it. Methods may be called by any thread unless they say
 * otherwise.
 *
 * <p>Order: what one thread sends to one connection arrives in that order, and so does what a
 * lane's task sends after another of its tasks.
 */
public interface TransportConnection {
  ConnectionId id();

  Transport transport();

  /** The formats this connection can carry; unmodifiable. */
  Set<TransferFormat> transferFormats();

  /** The request that opened the transport; after a re-attachment, the one that did that. */
  ConnectionRequest request();

  /**
   * Whom it belongs to, by the credentials that the client showed last; null for nobody. Another
   * than that of {@link #request()} once the client has refreshed its authentication.
   */
  default @Nullable User user() {
    return request().user();
  }

  /** Where this connection lives; fixed for its life. */
  Lane lane();

  /**
   * Hands a payload over for writing; never blocks. The payload becomes one transport message and
   * is never split over two.
   *
   * <p>Ownership: takes over one reference of the payload in every case, also when it is refused.
   */
  SendResult send(SharedPayload payload);

  /**
   * As {@link #send}, but at once and ahead of tasks already posted to the lane: for a lane's task
   * that delivers one payload to many of its connections. Lane thread only.
   */
  SendResult deliver(SharedPayload payload);

  /**
   * Whether there is nothing to wait for: the connection holds fewer bytes than its limit, or is
   * over, and then says so when something is sent.
   */
  boolean isWritable();

  /**
   * Blocks until half of the limit is free again or the connection is over. Not on a lane's thread:
   * there it throws {@link IllegalStateException}.
   */
  void awaitWritable() throws InterruptedException;

  /**
   * Ends the connection in an orderly way: what was sent before is written, then the transport's
   * own goodbye. The first call decides the reason, later ones do nothing.
   */
  void close(CloseReason reason);

  /**
   * As {@link #close}, unless its listener {@linkplain TransportListener#isBusy is busy}: then it
   * stays as it is. Looking and closing are one task of the lane's.
   *
   * @param whenBusy run on the lane if it stays
   */
  default void closeUnlessBusy(CloseReason reason, Runnable whenBusy) {
    close(reason);
  }

  /** Cuts the connection; what was not written is lost. */
  void abort(CloseReason reason);

  /**
   * Lets the connection outlive its socket: from now on a socket that is lost without a goodbye
   * detaches the connection, and the client may bring another one within the disconnect time-out
   * ({@code docs/protocol/connections.md} §3.7). The listener hears of both. Until an orderly end
   * on either side this cannot be taken back.
   *
   * <p>What is sent while no socket is there is lost without a word, as is what the lost socket had
   * not delivered; and what is sent is no longer bounded here. Both are the caller's to look after.
   *
   * <p>Lane thread only, before any other thread sends.
   *
   * @return false where the client did not negotiate it or the transport has no such thing: then
   *     nothing changes
   */
  default boolean allowReattach() {
    return false;
  }

  /**
   * Stops delivery of received bytes, and with it the reading of the socket. Lane thread only.
   * Idempotent.
   */
  void pauseReads();

  /** Ends {@link #pauseReads()}. Lane thread only. Idempotent. */
  void resumeReads();
}
