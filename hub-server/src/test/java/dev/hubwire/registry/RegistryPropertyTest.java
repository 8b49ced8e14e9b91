package dev.hubwire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.Address;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.registry.RegistryModel.Modelled;
import dev.hubwire.testing.ManualLane;
import dev.hubwire.testing.TestMember;
import dev.hubwire.testing.TextProtocol;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever is done in whatever order, and however far each lane has come with its work, every
 * member receives what a plain model says, in the order it says.
 */
class RegistryPropertyTest {
  private static final TextProtocol PROTOCOL = new TextProtocol("t");

  /** Something an application, a client or a lane does. */
  sealed interface Step {
    record Connect(String id, String user, int lane) implements Step {}

    record Disconnect(String id) implements Step {}

    record Join(String id, String group) implements Step {}

    record Leave(String id, String group) implements Step {}

    record Send(Address address) implements Step {}

    record Run(int lane) implements Step {}
  }

  @Property(tries = 1000)
  void deliversWhatThePlainModelDelivers(@ForAll("steps") List<Step> steps) {
    World world = new World();
    steps.forEach(world::take);
    world.finish();
  }

  /** The registry and its model, side by side. */
  private static final class World {
    private final BufferPool pool = new BufferPool();
    private final HubRegistry registry = new HubRegistry(new Lanes(), pool);
    private final RegistryModel model = new RegistryModel();
    private final List<ManualLane> lanes = List.of(new ManualLane(), new ManualLane());
    private final Map<Modelled, TestMember> actual = new HashMap<>();
    private final Map<String, Modelled> present = new HashMap<>();
    private int sent;

    void take(Step step) {
      switch (step) {
        case Step.Connect(String id, String user, int lane) -> connect(id, user, lanes.get(lane));
        case Step.Disconnect(String id) -> disconnect(id);
        case Step.Join(String id, String group) -> {
          model.join(id, group);
          assertThat(registry.addToGroup(id, group)).isEqualTo(present.containsKey(id));
        }
        case Step.Leave(String id, String group) -> {
          model.leave(id, group);
          assertThat(registry.removeFromGroup(id, group)).isEqualTo(present.containsKey(id));
        }
        case Step.Send(Address address) -> {
          String target = "m" + sent++;
          model.send(address, "t:" + target + "[]");
          registry.deliver(address, HubMessage.Invocation.send(target, List.of()));
        }
        case Step.Run(int lane) -> run(lanes.get(lane));
      }
    }

    void finish() {
      while (lanes.stream().anyMatch(lane -> lane.waiting() > 0)) {
        lanes.forEach(this::run);
      }
      actual.forEach(
          (expected, member) -> assertThat(member.received()).isEqualTo(expected.received()));
      assertThat(registry.size()).isEqualTo(present.size());
      List.copyOf(present.keySet()).forEach(this::disconnect);
      assertThat(registry.isEmpty()).isTrue();
      assertThat(pool.outstanding()).isZero();
    }

    private void connect(String id, String user, ManualLane lane) {
      if (!present.containsKey(id)) {
        Modelled expected = model.add(id, user, lane);
        present.put(id, expected);
        actual.put(expected, TestMember.of(id, user, PROTOCOL, lane).addTo(registry));
      }
    }

    private void disconnect(String id) {
      Modelled gone = present.remove(id);
      if (gone != null) {
        model.remove(gone);
        Objects.requireNonNull(actual.get(gone)).removeFrom(registry);
      }
    }

    private void run(ManualLane lane) {
      model.runOne(lane);
      lane.runOne();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> ids = Arbitraries.of("a", "b", "c", "d", "e");
    Arbitrary<String> groups = Arbitraries.of("x", "y", "z");
    Arbitrary<Integer> lanes = Arbitraries.of(0, 1);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(
                4,
                Combinators.combine(ids, Arbitraries.of("ada", "Ada", ""), lanes)
                    .as(Step.Connect::new)),
            Tuple.of(1, ids.map(Step.Disconnect::new)),
            Tuple.of(4, Combinators.combine(ids, groups).as(Step.Join::new)),
            Tuple.of(2, Combinators.combine(ids, groups).as(Step.Leave::new)),
            Tuple.of(6, addresses(ids, groups).map(Step.Send::new)),
            Tuple.of(6, lanes.map(Step.Run::new)));
    return step.list().ofMaxSize(60);
  }

  private static Arbitrary<Address> addresses(Arbitrary<String> ids, Arbitrary<String> groups) {
    Arbitrary<List<String>> someGroups = groups.list().ofMaxSize(3);
    List<Arbitrary<? extends Address>> kinds = new ArrayList<>();
    kinds.add(ids.set().ofMaxSize(2).map(Address.All::new));
    kinds.add(ids.set().ofMaxSize(3).map(Address.Connections::new));
    kinds.add(Combinators.combine(groups, ids.set().ofMaxSize(2)).as(Address.Group::new));
    kinds.add(someGroups.map(Address.Groups::new));
    kinds.add(Arbitraries.of("ada", "Ada", "bob").set().ofMaxSize(3).map(Address.Users::new));
    return Arbitraries.of(kinds).flatMap(kind -> kind.map(address -> (Address) address));
  }
}
