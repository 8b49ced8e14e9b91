package dev.hubwire.transport.endpoint;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.NodeName;
import dev.hubwire.transport.session.ConnectionTable;
import io.undertow.server.HttpServerExchange;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What all endpoints of a process share.
 *
 * @param starters the transports this process can carry; an endpoint neither offers nor accepts
 *     another
 * @param uploads needed where a transport takes POSTs, else null
 * @param isWebSocket whether a GET is a valid WebSocket handshake; everything else is taken for a
 *     poll
 */
public record EndpointServices(
    ConnectionTable table,
    Map<Transport, TransportStarter> starters,
    @Nullable UploadReceiver uploads,
    Predicate<HttpServerExchange> isWebSocket,
    Surroundings surroundings) {

  /**
   * Where and when a process is.
   *
   * @param node the name of this process, or null where it has none
   * @param timeOfDay by which authentications expire
   * @param forwarder takes requests to other nodes, or null where clients are told to come to the
   *     right one
   */
  public record Surroundings(
      @Nullable NodeName node, InstantSource timeOfDay, @Nullable Forwarder forwarder) {

    /** Of a process that forwards nothing. */
    public Surroundings(@Nullable NodeName node, InstantSource timeOfDay) {
      this(node, timeOfDay, null);
    }
  }

  public EndpointServices {
    starters = Map.copyOf(starters);
    if (uploads == null && starters.keySet().stream().anyMatch(Endpoint::takesPosts)) {
      throw new IllegalArgumentException(
          "uploads: null (expected: a receiver for the POSTs of " + starters.keySet() + ")");
    }
  }

  @Nullable NodeName node() {
    return surroundings.node();
  }

  @Nullable Forwarder forwarder() {
    return surroundings.forwarder();
  }

  InstantSource timeOfDay() {
    return surroundings.timeOfDay();
  }
}
