package dev.hubwire.transport.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.Limit;
import dev.hubwire.transport.User;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  private static final int MANY = ConnectionQuota.UNLIMITED;

  @Test
  void theServerHasSoManyPlacesInAll() {
    Places places = new Places(new ConnectionQuota(2, MANY, MANY));
    Places.Place first = taken(places, from(null, 1));
    taken(places, from("ann", 2));

    assertThat(places.reachedBy(from("bob", 3))).isEqualTo(Limit.CONNECTIONS);
    assertThat(places.take(from("bob", 3)).reached()).isEqualTo(Limit.CONNECTIONS);
    first.giveBack();
    taken(places, from("bob", 3));
    assertThat(places.remembered()).as("what is not limited is not counted").isZero();
  }

  @Test
  void aUserHasSoManyAndNobodyIsNoUser() {
    Places places = new Places(new ConnectionQuota(MANY, 1, MANY));
    Places.Place first = taken(places, from("ann", 1));

    assertThat(places.reachedBy(from("ann", 2))).isEqualTo(Limit.CONNECTIONS_PER_USER);
    assertThat(places.take(from("ann", 2)).reached()).isEqualTo(Limit.CONNECTIONS_PER_USER);
    taken(places, from("bob", 1));
    taken(places, from(null, 1));
    taken(places, from(null, 1));
    first.giveBack();
    taken(places, from("ann", 2));
  }

  @Test
  void anAddressHasSoManyAndARefusalTakesNothing() {
    Places places = new Places(new ConnectionQuota(2, 1, 1));
    Places.Place first = taken(places, from("ann", 1));

    assertThat(places.reachedBy(from("bob", 1))).isEqualTo(Limit.CONNECTIONS_PER_ADDRESS);
    assertThat(places.take(from("bob", 1)).reached()).isEqualTo(Limit.CONNECTIONS_PER_ADDRESS);
    Places.Place second = taken(places, from("bob", 2));
    first.giveBack();
    second.giveBack();
    assertThat(places.remembered()).isZero();
  }

  @Test
  void threadsThatRaceGetNoMoreThanThereIs() throws Exception {
    Places places = new Places(new ConnectionQuota(MANY, MANY, 10));
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> granted =
          IntStream.range(0, 4)
              .mapToObj(
                  unused ->
                      threads.submit(
                          () -> {
                            start.await();
                            return IntStream.range(0, 100)
                                .filter(i -> places.take(from(null, 1)).place() != null)
                                .count();
                          }))
              .toList();
      start.countDown();
      long sum = 0;
      for (Future<Long> count : granted) {
        sum += count.get();
      }
      assertThat(sum).isEqualTo(10);
    }
  }

  @Test
  void quotasAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionQuota(0, 1, 1))
        .withMessage("maxConnections: 0 (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionQuota(1, 0, 1))
        .withMessage("maxConnectionsPerUser: 0 (expected: >= 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConnectionQuota(1, 1, 0))
        .withMessage("maxConnectionsPerAddress: 0 (expected: >= 1)");
  }

  private static Places.Place taken(Places places, ConnectionRequest request) {
    assertThat(places.reachedBy(request)).isNull();
    return requireNonNull(places.take(request).place());
  }

  private static ConnectionRequest from(@Nullable String user, int host) {
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
      return new ConnectionRequest(
          "/chat",
          List.of(),
          List.of(),
          new InetSocketAddress(address, 50_000),
          user == null ? null : new User(user, Set.of(), Map.of(), null));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
