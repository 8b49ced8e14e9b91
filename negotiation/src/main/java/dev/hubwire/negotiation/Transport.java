package dev.hubwire.negotiation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The ways bytes travel between a client and this server, in the order a negotiate response offers
 * them.
 */
public enum Transport {
  /** One socket for both directions. */
  WEB_SOCKETS("WebSockets", EnumSet.of(TransferFormat.TEXT, TransferFormat.BINARY)),
  /** An endless response to the client, one POST per batch to the server. */
  SERVER_SENT_EVENTS("ServerSentEvents", EnumSet.of(TransferFormat.TEXT)),
  /** A request that waits for data to the client, one POST per batch to the server. */
  LONG_POLLING("LongPolling", EnumSet.of(TransferFormat.TEXT, TransferFormat.BINARY));

  private static final Set<Transport> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(Transport.class));

  private final String wireName;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable: wrapped in the constructor
  private final Set<TransferFormat> transferFormats;

  Transport(String wireName, Set<TransferFormat> transferFormats) {
    this.wireName = wireName;
    this.transferFormats = Collections.unmodifiableSet(transferFormats);
  }

  /**
   * The name in a negotiate response and in error texts ({@code docs/protocol/connections.md}
   * §2.3).
   */
  public String wireName() {
    return wireName;
  }

  /** What this transport can carry; unmodifiable. */
  public Set<TransferFormat> transferFormats() {
    return transferFormats;
  }

  /** Every transport; unmodifiable. */
  public static Set<Transport> all() {
    return ALL;
  }
}
