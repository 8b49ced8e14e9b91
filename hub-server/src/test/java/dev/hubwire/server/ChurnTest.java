package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Many clients come and go in every way there is: nothing of them may stay. */
class ChurnTest {
  private static final int CYCLES = 10_000;

  @Test
  void tenThousandConnectionsLeaveNothingBehind() {
    try (HubServer server =
        HubServer.builder()
            .hub("/churn", RoomHub::new)
            .listen("127.0.0.1", 0)
            .ioThreads(2)
            .start()) {
      try (RawClient witness = new RawClient(server.port(), "/churn")) {
        cycle(server, 100);
        Set<String> threads = platformThreads();
        cycle(server, CYCLES);
        awaitOnlyTheWitness(server);
        // Threads of earlier tests may end meanwhile; new ones may not stay.
        assertThat(threads).containsAll(platformThreads());
        witness.send(
            "{\"type\":1,\"invocationId\":\"0\",\"target\":\"join\",\"arguments\":[\"room\"]}");
        String answer = witness.receive();
        while (!answer.contains("\"type\":3")) {
          answer = witness.receive();
        }
        witness.leave();
      }
      await(() -> server.holdings().equals(new HubHandler.Holdings(0, 0, 0, 0)), server);
    }
  }

  /** Every third client says goodbye, every third resets its socket, every third just closes it. */
  private static void cycle(HubServer server, int times) {
    for (int i = 0; i < times; i++) {
      RawClient client = new RawClient(server.port(), "/churn");
      client.send("{\"type\":1,\"target\":\"join\",\"arguments\":[\"room\"]}");
      switch (i % 3) {
        case 0 -> client.leave();
        case 1 -> client.reset();
        default -> client.close();
      }
    }
  }

  private static void awaitOnlyTheWitness(HubServer server) {
    await(() -> server.holdings().equals(new HubHandler.Holdings(1, 1, 1, 0)), server);
  }

  private static void await(BooleanSupplier condition, HubServer server) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s stay", server.holdings()).isLessThan(deadline);
    }
  }

  private static Set<String> platformThreads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      // The scheduler of virtual threads comes and goes as the JVM likes.
      if (!thread.getName().startsWith("ForkJoinPool")
          && !thread.getName().startsWith("VirtualThread")) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  /** Puts everybody into one group and tells all of them. */
  public static class RoomHub extends Hub<ClientProxy> {
    public void join(String room) {
      groups().add(context().connectionId(), room);
      clients().group(room).send("joined", context().connectionId());
    }
  }
}
