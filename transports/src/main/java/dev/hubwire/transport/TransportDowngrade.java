package dev.hubwire.transport;

import dev.hubwire.negotiation.Transport;

/**
 * A client that uses another transport than the best one it was offered.
 *
 * @param offered the best it was offered
 * @param got what it uses
 * @param cause the likely reason
 */
public record TransportDowngrade(Transport offered, Transport got, DowngradeCause cause) {}
