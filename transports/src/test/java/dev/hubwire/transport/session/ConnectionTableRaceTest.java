package dev.hubwire.transport.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.negotiation.token.RandomIdentityGenerator;
import dev.hubwire.transport.FakeTicker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ConnectionTableRaceTest {
  private static final int ROUNDS = 2_000;

  private final FakeTicker ticker = new FakeTicker();
  private final ConnectionTable table =
      new ConnectionTable(
          new RandomIdentityGenerator(new SecureRandom(), null),
          new ConnectionTable.Limits(1, Duration.ofSeconds(15)),
          ticker,
          Runnable::run);

  @Test
  void ofTwoTransportsAtOnceExactlyOneIsFirst() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Session session = negotiate();
      List<Binding> bindings =
          together(
              () -> table.attach(session, Transport.WEB_SOCKETS),
              () -> table.attach(session, Transport.LONG_POLLING));

      assertThat(bindings).containsExactlyInAnyOrder(Binding.FIRST, Binding.OTHER_TRANSPORT);
      assertThat(table.find(session.token(), "/chat")).isSameAs(session);
      session.ended();
    }
    assertThat(table.attachedCount()).isZero();
    assertThat(table.pendingCount()).isZero();
  }

  @Test
  void aSessionEitherExpiresOrAttachesAndItsPlaceIsFreeEitherWay() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Session session = negotiate();
      ticker.advance(Duration.ofSeconds(15));
      long expiredBefore = table.expiredCount();
      List<Binding> bindings =
          together(
              () -> table.attach(session, Transport.WEB_SOCKETS),
              () -> {
                table.scan();
                return Binding.GONE;
              });

      boolean attached = bindings.getFirst() == Binding.FIRST;
      assertThat(table.expiredCount() - expiredBefore).isEqualTo(attached ? 0 : 1);
      assertThat(table.attachedCount()).isEqualTo(attached ? 1 : 0);
      assertThat(table.pendingCount()).isZero();
      session.ended();
    }
  }

  private Session negotiate() {
    return requireNonNull(table.negotiate("/chat", 1, false, Transport.all()));
  }

  private static List<Binding> together(Callable<Binding> one, Callable<Binding> two)
      throws Exception {
    var start = new CyclicBarrier(2);
    List<Future<Binding>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Callable<Binding> task : List.of(one, two)) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      return List.of(running.get(0).get(), running.get(1).get());
    }
  }
}
