package dev.hubwire.protocol;

import dev.hubwire.negotiation.TransferFormat;
import dev.hubwire.transport.PayloadWriter;
import org.jspecify.annotations.Nullable;

/**
 * A hub protocol: how messages look as bytes ({@code docs/protocol/hub-protocol.md}). Thread-safe
 * and without state.
 */
public interface HubProtocol {
  /** The name in a handshake request, such as {@code json}; compared ignoring case. */
  String name();

  /** What its records are made of. */
  TransferFormat transferFormat();

  /**
   * Finds the end of the record that starts at {@code start}.
   *
   * @param scanned bytes before this index were looked at by an earlier call for the same record;
   *     at least {@code start}
   * @param end where the bytes end
   * @return the index after the record, framing included, or -1 if it is not complete
   * @throws ProtocolException if no record can start like this
   */
  int recordEnd(byte[] bytes, int start, int scanned, int end);

  /**
   * Reads one whole record.
   *
   * @param start where the record starts, framing included
   * @param end where it ends, framing included, as {@link #recordEnd} found it
   * @return the message, or null for a type this version does not know, which is skipped
   * @throws ProtocolException if the connection has to end
   */
  @Nullable HubMessage read(byte[] bytes, int start, int end, InvocationBinder binder);

  /**
   * Appends one whole record, framing included. On failure the writer holds what it held before.
   *
   * @throws SerializationException if a value in the message cannot be written
   */
  void write(HubMessage message, PayloadWriter target);
}
