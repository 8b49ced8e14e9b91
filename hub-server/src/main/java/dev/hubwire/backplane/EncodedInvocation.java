package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.transport.PayloadWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call of clients as bytes, in several protocols: what travels between servers ({@code
 * docs/protocol/backplane.md} §3.5). Nothing but these bytes is known of it.
 *
 * @param records a whole record, framing included, by the exact name of its protocol; the arrays
 *     are not copied and must not be changed
 */
public record EncodedInvocation(Map<String, byte[]> records) {
  private static final int USUAL_MESSAGE_BYTES = 256;

  /**
   * Writes a message in each protocol.
   *
   * @throws dev.hubwire.protocol.SerializationException if one of them cannot write it
   */
  public static EncodedInvocation of(
      HubMessage.Invocation message, Collection<HubProtocol> protocols) {
    Map<String, byte[]> records = LinkedHashMap.newLinkedHashMap(protocols.size());
    PayloadWriter writer = new PayloadWriter(USUAL_MESSAGE_BYTES);
    for (HubProtocol protocol : protocols) {
      writer.reset();
      protocol.write(message, writer);
      records.put(protocol.name(), writer.toByteArray());
    }
    return new EncodedInvocation(records);
  }
}
