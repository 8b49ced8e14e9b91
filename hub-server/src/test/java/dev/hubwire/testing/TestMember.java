package dev.hubwire.testing;

import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.registry.HubMember;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.transport.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member on a recording connection. */
public record TestMember(
    String connectionId,
    @Nullable String userIdentifier,
    HubProtocol protocol,
    RecordingConnection connection)
    implements HubMember {

  public static TestMember of(
      String connectionId, @Nullable String user, HubProtocol protocol, Lane lane) {
    return new TestMember(
        connectionId, user, protocol, new RecordingConnection(connectionId, lane));
  }

  /** What has arrived, in order. */
  public List<String> received() {
    return connection.received();
  }

  /** Registers it, on its lane. */
  public TestMember addTo(HubRegistry registry) {
    ((ManualLane) connection.lane()).call(() -> registry.add(this));
    return this;
  }

  /** Takes it off, on its lane. */
  public void removeFrom(HubRegistry registry) {
    ((ManualLane) connection.lane()).call(() -> registry.remove(this));
  }
}
