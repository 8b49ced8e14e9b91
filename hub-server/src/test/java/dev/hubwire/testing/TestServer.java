package dev.hubwire.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.BackplaneFactory;
import dev.hubwire.backplane.ClientCall;
import dev.hubwire.backplane.LocalHub;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.registry.Lanes;
import dev.hubwire.transport.buffer.BufferPool;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One server of a farm, as far as a backplane is concerned: one hub, one lane. */
public final class TestServer implements AutoCloseable {
  private final BufferPool pool = new BufferPool();
  private final HubRegistry registry = new HubRegistry(new Lanes(), pool);
  private final ManualLane lane = new ManualLane();
  private final HubProtocol protocol;
  private final Backplane backplane;

  /** The hub of every server, as far as it has a name. */
  private static final class TestHub extends Hub<ClientProxy> {}

  public TestServer(BackplaneFactory factory) {
    this(factory, List.of(new TextProtocol("t")));
  }

  /**
   * @param protocols those of the hub; connections speak the first
   */
  public TestServer(BackplaneFactory factory, List<HubProtocol> protocols) {
    this.protocol = protocols.getFirst();
    this.backplane = factory.join(new LocalHub(TestHub.class, protocols, registry));
  }

  public Backplane backplane() {
    return backplane;
  }

  public TestMember connect(String id, @Nullable String user) {
    return connect(id, user, protocol);
  }

  /** Returns when messages of the other servers reach it. */
  public TestMember connect(String id, @Nullable String user, HubProtocol spoken) {
    TestMember member = TestMember.of(id, user, spoken, lane).addTo(registry);
    backplane.connected(id, user).toCompletableFuture().join();
    return member;
  }

  public void disconnect(TestMember member) {
    member.removeFrom(registry);
    backplane.disconnected(member.connectionId());
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

  /** Asks a client for a number. */
  public CompletableFuture<@Nullable Object> ask(String connectionId, String target) {
    return backplane.invoke(connectionId, new ClientCall(target, List.of(), Integer.class));
  }

  /**
   * Has a client answer its newest call, as {@link TextProtocol} writes it.
   *
   * @return whether a call waited for it
   */
  public boolean answer(TestMember member, String answer) {
    return answer(member, idOf(member.received().getLast()), answer);
  }

  /** As {@link #answer(TestMember, String)} to a call with this id, be it the client's or not. */
  public boolean answer(TestMember member, String invocationId, String answer) {
    return answer(member, (invocationId + answer).getBytes(UTF_8));
  }

  /** As {@link #answer(TestMember, String)}, with a record of the client's protocol. */
  public boolean answer(TestMember member, byte[] record) {
    HubMessage message =
        Objects.requireNonNull(member.protocol().read(record, 0, record.length, new Results()));
    return registry
        .results()
        .complete(member, (HubMessage.Completion) message, record, 0, record.length);
  }

  /** The id of a call that a client has received. */
  public static String idOf(String received) {
    return received.substring(received.indexOf('?') + 1);
  }

  private final class Results implements InvocationBinder {
    @Override
    public @Nullable Target target(String name) {
      return null;
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return registry.results().typeOf(invocationId);
    }

    @Override
    public @Nullable Type streamItemType(String streamId) {
      return null;
    }
  }

  /** Has the lane do what was posted to it. */
  public void run() {
    lane.runAll();
  }

  /** Has the lane do the next task, if one comes in time. */
  public void awaitTask(Duration limit) {
    boolean unused = lane.awaitOne(limit);
  }

  public void assertNothingBorrowed() {
    assertThat(registry.results().size()).isZero();
    assertThat(pool.outstanding()).isZero();
  }

  @Override
  public void close() {
    backplane.close();
  }
}
