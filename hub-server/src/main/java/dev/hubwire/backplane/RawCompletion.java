package dev.hubwire.backplane;

import dev.hubwire.protocol.HubProtocol;
import java.nio.ByteBuffer;

/**
 * The answer of a client, not read yet: for the server that asked, which knows the type of it.
 *
 * @param protocol what the client speaks
 * @param record the whole completion, framing included; read-only
 */
public record RawCompletion(HubProtocol protocol, ByteBuffer record) {
  public RawCompletion {
    record = record.asReadOnlyBuffer();
  }
}
