package dev.hubwire.registry;

import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.transport.TransportConnection;
import org.jspecify.annotations.Nullable;

/** A connection that takes part in a hub: its handshake is done. Nothing here changes. */
public interface HubMember {
  /** By which it is addressed; unique in its hub. */
  String connectionId();

  /** By which its user is addressed, compared exactly; null or empty for a member without one. */
  @Nullable String userIdentifier();

  /** How messages to it are written; one instance serves all members that speak it. */
  HubProtocol protocol();

  /** Where messages to it go. */
  TransportConnection connection();
}
