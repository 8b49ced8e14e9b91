package dev.hubwire.backplane;

import dev.hubwire.hub.ClientUnreachableException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.InvocationBinder;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds the contract of a farm itself against the plainest backplane that can meet it: one that
 * calls every server in turn.
 */
class InMemoryFarmTest extends ScaleOutBackplaneContractTest {
  private final List<LocalDelivery> servers = new ArrayList<>();
  private final AtomicLong calls = new AtomicLong();

  @Override
  protected Backplane join(LocalHub hub) {
    servers.add(hub.connections());
    return new CallingEveryServer(hub.connections());
  }

  @Override
  protected void awaitArrival() {
    // What was published has arrived when publish returns.
  }

  /** Reads any answer as one type. */
  private record Expecting(Type type) implements InvocationBinder {
    @Override
    public @Nullable Target target(String name) {
      return null;
    }

    @Override
    public Type resultType(String invocationId) {
      return type;
    }

    @Override
    public @Nullable Type streamItemType(String streamId) {
      return null;
    }
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
    public CompletableFuture<@Nullable Object> invoke(String connectionId, ClientCall call) {
      HubMessage.Invocation message = call.message("f" + calls.incrementAndGet());
      if (here.holds(connectionId)) {
        return here.invoke(connectionId, message, call.resultType());
      }
      String id = Objects.requireNonNull(message.invocationId());
      for (LocalDelivery there : servers) {
        var raw = there.awaitRawResult(connectionId, id);
        if (raw != null) {
          there.deliver(new Address.Connections(Set.of(connectionId)), message);
          return reading(raw, call.resultType());
        }
      }
      return CompletableFuture.failedFuture(ClientUnreachableException.unknown(connectionId));
    }

    private CompletableFuture<@Nullable Object> reading(
        CompletableFuture<RawCompletion> raw, Type type) {
      CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
      var unusedReading =
          raw.thenAccept(
              completion -> {
                byte[] bytes = new byte[completion.record().remaining()];
                completion.record().get(bytes);
                HubMessage answer =
                    completion.protocol().read(bytes, 0, bytes.length, new Expecting(type));
                if (answer instanceof HubMessage.Completion completed) {
                  ClientCall.complete(result, completed.outcome());
                }
              });
      var unused = result.whenComplete((value, failure) -> raw.cancel(false));
      return result;
    }

    @Override
    public CompletableFuture<Set<String>> connectionIds(Address address) {
      return address instanceof Address.Connections(Set<String> ids)
          ? CompletableFuture.completedFuture(ids)
          : here.connectionIds(address);
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
