package dev.hubwire.benchmark;

import dev.hubwire.backplane.Address;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.registry.HubMember;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.registry.Lanes;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message to everybody, from the registry to the connections' outboxes: encoding and sockets
 * are left out. Connections are spread over two lanes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FanOutBenchmark {
  private static final HubMessage.Invocation MESSAGE =
      HubMessage.Invocation.send("receive", List.of("hello"));
  private static final Address EVERYBODY = new Address.All(Set.of());
  private static final Address GROUP = new Address.Group("third", Set.of());

  @Param({"1", "500", "5000"})
  int connections;

  @Param("128")
  int payloadBytes;

  private final BufferPool pool = new BufferPool();
  private final HubRegistry registry = new HubRegistry(new Lanes(), pool);
  private final List<QueueLane> lanes = List.of(new QueueLane(), new QueueLane());
  private final List<CountingConnection> receivers = new ArrayList<>();

  @Setup
  public void connect() {
    HubProtocol protocol = new FixedProtocol(payloadBytes);
    for (int i = 0; i < connections; i++) {
      QueueLane lane = lanes.get(i % lanes.size());
      CountingConnection connection = new CountingConnection("connection-" + i, lane);
      receivers.add(connection);
      lane.execute(() -> registry.add(new Member(protocol, connection)));
    }
    runLanes();
    for (int i = 0; i < connections; i += 3) {
      if (!registry.addToGroup("connection-" + i, "third")) {
        throw new IllegalStateException("connection-" + i + " is not registered");
      }
      runLanes();
    }
  }

  @Benchmark
  public long toAll() {
    return publish(EVERYBODY);
  }

  @Benchmark
  public long toGroup() {
    return publish(GROUP);
  }

  @TearDown
  public void nothingStaysBorrowed() {
    if (pool.outstanding() != 0) {
      throw new IllegalStateException(pool.outstanding() + " buffers on loan (expected: none)");
    }
  }

  private long publish(Address address) {
    registry.deliver(address, MESSAGE);
    runLanes();
    return receivers.getFirst().bytes();
  }

  private void runLanes() {
    lanes.forEach(QueueLane::runAll);
  }

  private record Member(HubProtocol protocol, TransportConnection connection) implements HubMember {
    @Override
    public String connectionId() {
      return connection.id().value();
    }

    @Override
    public @Nullable String userIdentifier() {
      return null;
    }
  }
}
