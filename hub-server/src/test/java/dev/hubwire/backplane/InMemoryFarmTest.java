package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds the contract of a farm itself against the plainest backplane that can meet it: one that
 * calls every server in turn.
 */
class InMemoryFarmTest extends ScaleOutBackplaneContractTest {
  private final List<LocalDelivery> servers = new ArrayList<>();

  @Override
  protected Backplane join(LocalDelivery local) {
    servers.add(local);
    return new CallingEveryServer(local);
  }

  @Override
  protected void awaitArrival() {
    // What was published has arrived when publish returns.
  }

  private final class CallingEveryServer implements Backplane {
    private final LocalDelivery here;

    CallingEveryServer(LocalDelivery here) {
      this.here = here;
    }

    @Override
    public void publish(Address address, HubMessage.Invocation message) {
      if (address instanceof Address.Connections(Set<String> ids)
          && ids.size() == 1
          && here.holds(ids.iterator().next())) {
        here.deliver(address, message);
      } else {
        servers.forEach(server -> server.deliver(address, message));
      }
    }

    @Override
    public void addToGroup(String connectionId, String groupName) {
      if (!here.addToGroup(connectionId, groupName)) {
        servers.forEach(server -> server.addToGroup(connectionId, groupName));
      }
    }

    @Override
    public void removeFromGroup(String connectionId, String groupName) {
      if (!here.removeFromGroup(connectionId, groupName)) {
        servers.forEach(server -> server.removeFromGroup(connectionId, groupName));
      }
    }
  }
}
