package dev.hubwire.dispatch;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.protocol.Handshake;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.reconnect.ReconnectLimits;
import dev.hubwire.reconnect.ReliableConnection;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import org.jspecify.annotations.Nullable;

/**
 * How messages go between one client and its hub once the handshake is done: as one protocol writes
 * them, and numbered if the client may re-attach. Lane only, but for {@link #send} and {@link
 * #sendPart}.
 */
final class MessageLink {
  /** Enough for most messages; a writer grows. */
  private static final int USUAL_MESSAGE_BYTES = 128;

  private final TransportConnection transport;
  private final HubProtocol protocol;

  /** Null unless messages are numbered. */
  private final @Nullable ReliableConnection reliable;

  private MessageLink(
      TransportConnection transport, HubProtocol protocol, @Nullable ReliableConnection reliable) {
    this.transport = transport;
    this.protocol = protocol;
    this.reliable = reliable;
  }

  /**
   * @param version what the client asked for in its handshake; the numbers are a matter of the
   *     second, and of a transport that can be re-attached
   */
  static MessageLink open(
      TransportConnection transport, HubProtocol protocol, int version, ReconnectLimits limits) {
    boolean numbered = version >= Handshake.STATEFUL_VERSION && transport.allowReattach();
    return new MessageLink(
        transport, protocol, numbered ? new ReliableConnection(transport, protocol, limits) : null);
  }

  /** Tells a client why there will be no link. */
  static void refuse(TransportConnection transport, String answer) {
    PayloadWriter writer = new PayloadWriter(USUAL_MESSAGE_BYTES);
    Handshake.writeError(answer, writer);
    transport.send(SharedPayload.of(writer, TransferFormat.TEXT));
  }

  /** Answers the handshake: from now on both sides speak the protocol. */
  void confirm() {
    PayloadWriter writer = new PayloadWriter(USUAL_MESSAGE_BYTES);
    Handshake.writeSuccess(writer);
    transport.send(SharedPayload.of(writer, protocol.transferFormat()));
  }

  HubProtocol protocol() {
    return protocol;
  }

  /** Where numbered messages go. */
  TransportConnection connection() {
    return reliable == null ? transport : reliable;
  }

  /** As {@link HubConnection#send}. */
  void send(HubMessage message) {
    TransportConnection connection = connection();
    SendResult result = connection.send(encode(message));
    if (result == SendResult.CONGESTED && !connection.lane().isCurrent()) {
      try {
        connection.awaitWritable();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * As {@link #send}, for a part of a stream, of which many may follow: waits for room first, so
   * that no policy for slow clients drops it or closes the connection for it. Not on the lane.
   *
   * @param justBefore run when there is room, before it is sent; sometimes again
   * @return false if the connection is over
   */
  boolean sendPart(HubMessage part, Runnable justBefore) throws InterruptedException {
    SharedPayload payload = encode(part);
    try {
      while (true) {
        SendResult result = sendIfWritable(payload, justBefore);
        // Dropped if others took the room between the look and the send.
        if (result != null && result != SendResult.DROPPED) {
          return result != SendResult.CLOSED;
        }
        connection().awaitWritable();
      }
    } finally {
      payload.release();
    }
  }

  /** Null if there is no room. One at a time, lest streams of this connection take the same. */
  private synchronized @Nullable SendResult sendIfWritable(
      SharedPayload payload, Runnable justBefore) {
    if (!connection().isWritable()) {
      return null;
    }
    justBefore.run();
    return connection().send(payload.retain());
  }

  /** Sends what has no number: a ping, or the end. */
  void tell(HubMessage message) {
    transport.send(encode(message));
  }

  /** As {@link #tell}, ahead of what is posted to the lane. */
  void tellNow(HubMessage message) {
    transport.deliver(encode(message));
  }

  /** A message from the client, or null for one that goes nowhere: unknown, or here before. */
  @Nullable HubMessage read(byte[] bytes, int start, int end, InvocationBinder binder) {
    if (reliable == null) {
      return protocol.read(bytes, start, end, binder);
    }
    HubMessage message = protocol.read(bytes, start, end, reliable.binder(binder));
    return message == null || reliable.admits(message, end - start) ? message : null;
  }

  /** Whether there is no socket, and the client may bring one. */
  boolean isDetached() {
    return reliable != null && reliable.isDetached();
  }

  void onDetached() {
    if (reliable != null) {
      reliable.onDetached();
    }
  }

  void onReattached() {
    if (reliable != null) {
      reliable.onReattached();
    }
  }

  /** Whether the client took too long to acknowledge what others wait to send. Once a scan. */
  boolean isStalled(long nowNanos) {
    return reliable != null && reliable.isStalled(nowNanos);
  }

  /** Once a scan. */
  void acknowledge() {
    if (reliable != null) {
      reliable.acknowledge();
    }
  }

  void onClosed() {
    if (reliable != null) {
      reliable.onClosed();
    }
  }

  private SharedPayload encode(HubMessage message) {
    PayloadWriter writer = new PayloadWriter(USUAL_MESSAGE_BYTES);
    protocol.write(message, writer);
    return SharedPayload.of(writer, protocol.transferFormat());
  }
}
