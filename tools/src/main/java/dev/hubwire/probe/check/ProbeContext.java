package dev.hubwire.probe.check;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.probe.wire.Destination;
import dev.hubwire.probe.wire.Network;
import dev.hubwire.probe.wire.Visitor;
import java.util.Set;

/** What checks work with. Owned by the thread that runs them. */
public final class ProbeContext {
  private final Network network;
  private final ProbeSettings settings;
  private Destination destination;
  private Set<Transport> offered = Set.of();
  private boolean negotiated;

  public ProbeContext(Network network, ProbeSettings settings, Destination destination) {
    this.network = network;
    this.settings = settings;
    this.destination = destination;
  }

  /** Whether negotiation gives connections. */
  public boolean hasNegotiated() {
    return negotiated;
  }

  Network network() {
    return network;
  }

  ProbeSettings settings() {
    return settings;
  }

  /** Where the hub is; after negotiation, where that led to. */
  Destination destination() {
    return destination;
  }

  boolean offers(Transport transport) {
    return offered.contains(transport);
  }

  Visitor visitor() {
    return network.visitor(destination);
  }

  /** Negotiation has worked. */
  void negotiated(Destination where, Set<Transport> transports) {
    this.destination = where;
    this.offered = transports;
    this.negotiated = true;
  }
}
