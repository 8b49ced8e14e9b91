package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.Address;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TextProtocol;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A registry over two lanes that are run by hand, and what every test leaves behind: nothing. */
abstract class RegistryFixture {
  final BufferPool pool = new BufferPool();
  final Lanes lanes = new Lanes();
  final HubRegistry registry = new HubRegistry(lanes, pool);
  final ManualLane left = new ManualLane();
  final ManualLane right = new ManualLane();
  final TextProtocol protocol = new TextProtocol("t");

  @AfterEach
  void nothingStaysBorrowed() {
    runLanes();
    assertThat(pool.outstanding()).isZero();
  }

  final void runLanes() {
    while (left.waiting() + right.waiting() > 0) {
      left.runAll();
      right.runAll();
    }
  }

  /** A registered member on the left lane. */
  final TestMember onLeft(String id, @Nullable String user) {
    return TestMember.of(id, user, protocol, left).addTo(registry);
  }

  /** A registered member on the right lane. */
  final TestMember onRight(String id, @Nullable String user) {
    return TestMember.of(id, user, protocol, right).addTo(registry);
  }

  final void send(Address address, String target) {
    registry.deliver(address, HubMessage.Invocation.send(target, List.of()));
  }

  final void sendAndRun(Address address, String target) {
    send(address, target);
    runLanes();
  }

  static Address all(String... except) {
    return new Address.All(Set.of(except));
  }

  static Address connections(String... ids) {
    return new Address.Connections(Set.of(ids));
  }

  static Address group(String name, String... except) {
    return new Address.Group(name, Set.of(except));
  }

  static Address groups(String... names) {
    return new Address.Groups(List.of(names));
  }

  static Address users(String... ids) {
    return new Address.Users(Set.of(ids));
  }
}
