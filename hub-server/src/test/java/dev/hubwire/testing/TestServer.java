package dev.hubwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.LocalDelivery;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.registry.Lanes;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One server of a farm, as far as a backplane is concerned: one hub, one lane. */
public final class TestServer {
  private final BufferPool pool = new BufferPool();
  private final HubRegistry registry = new HubRegistry(new Lanes(), pool);
  private final ManualLane lane = new ManualLane();
  private final TextProtocol protocol = new TextProtocol("t");
  private final Backplane backplane;

  public TestServer(Function<LocalDelivery, Backplane> join) {
    this.backplane = join.apply(registry);
  }

  public Backplane backplane() {
    return backplane;
  }

  public TestMember connect(String id, @Nullable String user) {
    return TestMember.of(id, user, protocol, lane).addTo(registry);
  }

  public void disconnect(TestMember member) {
    member.removeFrom(registry);
  }

  public void sendToAll(String target, @Nullable Object... arguments) {
    send(new Address.All(Set.of()), target, arguments);
  }

  public void sendToGroup(String group, String target) {
    send(new Address.Group(group, Set.of()), target);
  }

  public void sendToConnections(Set<String> ids, String target) {
    send(new Address.Connections(ids), target);
  }

  public void sendToUser(String user, String target) {
    send(new Address.Users(Set.of(user)), target);
  }

  public void send(Address address, String target, @Nullable Object... arguments) {
    backplane.publish(
        address, HubMessage.Invocation.send(target, List.copyOf(Arrays.asList(arguments))));
  }

  /** Has the lane do what was posted to it. */
  public void run() {
    lane.runAll();
  }

  public void assertNothingBorrowed() {
    assertThat(pool.outstanding()).isZero();
  }
}
