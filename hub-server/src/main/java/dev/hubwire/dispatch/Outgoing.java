package dev.hubwire.dispatch;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.TransportConnection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages to one client, in the protocol that it chose. Any thread, once that is known. */
final class Outgoing {
  /** Enough for most messages; a writer grows. */
  static final int USUAL_MESSAGE_BYTES = 128;

  private final TransportConnection transport;

  /** Set with the handshake, before any other thread can see the connection. */
  private @Nullable HubProtocol protocol;

  Outgoing(TransportConnection transport) {
    this.transport = transport;
  }

  /** The client chose this. Lane thread, once. */
  void speak(HubProtocol chosen) {
    protocol = chosen;
  }

  boolean isReady() {
    return protocol != null;
  }

  HubProtocol protocol() {
    return Objects.requireNonNull(protocol, "no protocol before the handshake");
  }

  /** As {@link HubConnection#send}. */
  void send(HubMessage message) {
    SendResult result = transport.send(encode(message));
    if (result == SendResult.CONGESTED && !transport.lane().isCurrent()) {
      try {
        transport.awaitWritable();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link HubConnection#sendPart}. */
  boolean sendPart(HubMessage part, Runnable justBefore) throws InterruptedException {
    SharedPayload payload = encode(part);
    try {
      while (true) {
        SendResult result = sendIfWritable(payload, justBefore);
        // Dropped if others took the room between the look and the send.
        if (result != null && result != SendResult.DROPPED) {
          return result != SendResult.CLOSED;
        }
        transport.awaitWritable();
      }
    } finally {
      payload.release();
    }
  }

  /** Null if there is no room. One at a time, lest streams of this connection take the same. */
  private synchronized @Nullable SendResult sendIfWritable(
      SharedPayload payload, Runnable justBefore) {
    if (!transport.isWritable()) {
      return null;
    }
    justBefore.run();
    return transport.send(payload.retain());
  }

  SharedPayload encode(HubMessage message) {
    PayloadWriter writer = new PayloadWriter(USUAL_MESSAGE_BYTES);
    protocol().write(message, writer);
    return SharedPayload.of(writer, protocol().transferFormat());
  }
}
