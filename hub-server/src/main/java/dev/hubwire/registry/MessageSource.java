package dev.hubwire.registry;

import dev.hubwire.backplane.EncodedInvocation;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SharedPayload;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a message come from. */
sealed interface MessageSource {
  /** Enough for most messages; a writer grows. */
  int USUAL_MESSAGE_BYTES = 256;

  /** Whether there are no bytes for those who speak this protocol. */
  boolean lacks(HubProtocol protocol);

  /**
   * Appends the message in a protocol.
   *
   * @return false, and nothing is written, if it lacks the protocol
   * @throws SerializationException if the protocol cannot write it
   */
  boolean write(HubProtocol protocol, PayloadWriter target);

  /** For one receiver, in memory of its own; null if it lacks the protocol. */
  default @Nullable SharedPayload single(HubProtocol protocol) {
    PayloadWriter writer = new PayloadWriter(USUAL_MESSAGE_BYTES);
    return write(protocol, writer) ? SharedPayload.of(writer, protocol.transferFormat()) : null;
  }

  /** A message of this server, written when it is known in which protocols. */
  record Written(HubMessage message) implements MessageSource {
    @Override
    public boolean lacks(HubProtocol protocol) {
      return false;
    }

    @Override
    public boolean write(HubProtocol protocol, PayloadWriter target) {
      protocol.write(message, target);
      return true;
    }
  }

  /** A message that was written already, by whichever server. */
  record Copied(EncodedInvocation message) implements MessageSource {
    @Override
    public boolean lacks(HubProtocol protocol) {
      return !message.records().containsKey(protocol.name());
    }

    @Override
    public boolean write(HubProtocol protocol, PayloadWriter target) {
      byte[] written = message.records().get(protocol.name());
      if (written == null) {
        return false;
      }
      target.write(written);
      return true;
    }
  }
}
