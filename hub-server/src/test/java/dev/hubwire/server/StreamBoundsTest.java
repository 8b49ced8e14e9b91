package dev.hubwire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.StreamSource;
import dev.hubwire.server.PacedClient.Way;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.TransportOptions;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What streams cost while one end is slower than the other, on real sockets. */
class StreamBoundsTest {
  private static final String PADDING = "x".repeat(8_000);

  /** What the socket buffers of both ends may take at most, and a client that reads ahead. */
  private static final int KERNEL_BYTES = 16 * 1024 * 1024;

  private static final int QUEUED_BYTES = TransportOptions.DEFAULT_MAX_QUEUED_BYTES;

  /** Of a record on the wire, about. */
  private static final int RECORD_BYTES = PADDING.length();

  private final AtomicInteger produced = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch mayRead = new CountDownLatch(1);

  /** Under the strictest policy: nobody is closed for a stream. */
  private final HubServer server =
      HubServer.builder()
          .hub(
              "/streams",
              StreamHub::new,
              hub -> hub.transport(it -> it.slowConsumerPolicy(SlowConsumerPolicy.CLOSE)))
          .listen("127.0.0.1", 0)
          .start();

  @AfterEach
  void stop() {
    mayRead.countDown();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatTakesNothingCostsSoManyBytesAndGetsEverythingInOrderLater(Way way)
      throws InterruptedException {
    try (PacedClient client = connect(way);
        PacedClient bystander = connect(Way.WEB_SOCKET)) {
      client.send("{\"type\":4,\"invocationId\":\"0\",\"target\":\"Endless\",\"arguments\":[]}");
      int socket = way == Way.POLLS ? 0 : KERNEL_BYTES;
      int stalledAt = awaitStall(produced, bystander);
      // One may overshoot the limit, and one waits to be sent.
      assertThat((stalledAt - 2) * RECORD_BYTES).isLessThan(socket + QUEUED_BYTES);
      for (int i = 0; i < stalledAt + 100; i++) {
        assertThat(client.next()).contains("\"item\":\"" + i + ":");
      }
      client.send("{\"type\":5,\"invocationId\":\"0\"}");
      assertThat(closed.await(PacedClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClientThatUploadsFasterThanItIsReadIsNotReadAndLosesNothing() {
    int items = 2 * KERNEL_BYTES / RECORD_BYTES;
    AtomicInteger sent = new AtomicInteger();
    try (PacedClient client = connect(Way.WEB_SOCKET);
        PacedClient bystander = connect(Way.WEB_SOCKET)) {
      client.send(
          "{\"type\":1,\"invocationId\":\"0\",\"target\":\"CountLater\",\"arguments\":[],"
              + "\"streamIds\":[\"1\"]}");
      CompletableFuture<Void> upload =
          CompletableFuture.runAsync(() -> upload(client, items, sent), Thread::startVirtualThread);
      int stalledAt = awaitStall(sent, bystander);
      assertThat(stalledAt * RECORD_BYTES).isLessThan(KERNEL_BYTES);
      mayRead.countDown();
      upload.join();
      assertThat(client.next())
          .isEqualTo("{\"type\":3,\"invocationId\":\"0\",\"result\":" + items + "}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamsOfOneClientShareWhatRoomThereIs(Way way) {
    int[] received = new int[20];
    try (PacedClient client = connect(way)) {
      for (int id = 0; id < received.length; id++) {
        client.send(
            "{\"type\":4,\"invocationId\":\""
                + (char) ('a' + id)
                + "\",\"target\":\"Endless\",\"arguments\":[]}");
      }
      for (int i = 0; Arrays.stream(received).anyMatch(count -> count < 50); i++) {
        String item = client.next();
        received[item.charAt(item.indexOf("\"invocationId\":\"") + 16) - 'a']++;
        assertThat(i).as("items, %s to each", Arrays.toString(received)).isLessThan(20_000);
      }
    }
  }

  private PacedClient connect(Way way) {
    return PacedClient.connect(way, server.port(), "/streams");
  }

  private static void upload(PacedClient client, int items, AtomicInteger sent) {
    for (int i = 0; i < items; i++) {
      client.send("{\"type\":2,\"invocationId\":\"1\",\"item\":\"" + i + ":" + PADDING + "\"}");
      sent.incrementAndGet();
    }
    client.send("{\"type\":3,\"invocationId\":\"1\"}");
  }

  /** Waits until a count has not moved while another client was served a hundred times. */
  private static int awaitStall(AtomicInteger count, PacedClient bystander) {
    int before;
    do {
      before = count.get();
      for (int i = 0; i < 100; i++) {
        bystander.send("{\"type\":1,\"invocationId\":\"0\",\"target\":\"Plain\",\"arguments\":[]}");
        assertThat(bystander.next()).endsWith("\"result\":1}");
      }
    } while (count.get() != before || before == 0);
    return before;
  }

  /** What the tests call. */
  public final class StreamHub extends Hub<ClientProxy> {
    public Stream<String> endless() {
      AtomicInteger next = new AtomicInteger();
      return Stream.generate(
              () -> {
                produced.incrementAndGet();
                return next.getAndIncrement() + ":" + PADDING;
              })
          .onClose(closed::countDown);
    }

    /** The number of items, or the first that is not in its place. */
    public int countLater(StreamSource<String> items) throws InterruptedException {
      mayRead.await();
      int count = 0;
      for (String item : items) {
        if (!item.startsWith(count + ":")) {
          return -count;
        }
        count++;
      }
      return count;
    }

    public int plain() {
      return 1;
    }
  }
}
