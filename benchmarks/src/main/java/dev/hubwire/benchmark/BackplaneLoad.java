package dev.hubwire.benchmark;

import dev.hubwire.backplane.redis.RedisBackplane;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubContext;
import dev.hubwire.server.HubServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long messages take from one server over Redis to clients of another: two servers in this
 * process, half of the clients on each, every message for one client, sent at a fixed rate by the
 * server that does not have it. Latencies count from when a message was due, so that a sender that
 * falls behind shows. The rate is doubled until half of a second is not enough for one in a hundred
 * messages, or the sender cannot keep up.
 */
public final class BackplaneLoad {
  private static final int CLIENTS = 500;
  private static final int FIRST_RATE = 1_000;
  private static final int MOST_RATE = 64_000;
  private static final int SENDERS = 16;
  private static final Duration STEP = Duration.ofSeconds(4);
  private static final Duration KNEE = Duration.ofMillis(500);
  private static final String RECORD_END = "\u001e";

  private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
  private final List<HubContext<ClientProxy>> nodes;

  private BackplaneLoad(List<HubContext<ClientProxy>> nodes) {
    this.nodes = nodes;
  }

  /** Everybody is in a group of their own, by a number. */
  public static final class LoadHub extends Hub<ClientProxy> {
    public void enter(String name) {
      groups().add(context().connectionId(), name);
      clients().caller().send("entered");
    }
  }

  /**
   * @param arguments the URI of a Redis that is used for nothing else
   */
  public static void main(String[] arguments) throws Exception {
    String redis = arguments.length == 1 ? arguments[0] : "redis://127.0.0.1:6379";
    try (HubServer one = server(redis);
        HubServer other = server(redis);
        HttpClient http = HttpClient.newHttpClient()) {
      var load =
          new BackplaneLoad(
              List.of(one.hubContext(LoadHub.class), other.hubContext(LoadHub.class)));
      for (int client = 0; client < CLIENTS; client++) {
        load.connect(http, client % 2 == 0 ? one.port() : other.port(), client);
      }
      System.out.printf("%10s %10s %10s %10s%n", "messages/s", "arrived", "p50 ms", "p99 ms");
      int rate = FIRST_RATE;
      while (rate <= MOST_RATE && load.run(rate)) {
        rate *= 2;
      }
    }
  }

  private static HubServer server(String redis) {
    return HubServer.builder()
        .hub("/load", LoadHub::new)
        .listen("127.0.0.1", 0)
        .backplane(RedisBackplane.at(redis))
        .start();
  }

  private void connect(HttpClient http, int port, int name) throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/load"), new Receiver(entered::countDown))
            .join();
    socket.sendText("{\"protocol\":\"json\",\"version\":1}" + RECORD_END, true).join();
    socket
        .sendText(
            "{\"type\":1,\"target\":\"Enter\",\"arguments\":[\"" + name + "\"]}" + RECORD_END, true)
        .join();
    if (!entered.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("client " + name + " could not enter");
    }
  }

  /**
   * Sends at one rate for a while.
   *
   * @return whether that went well
   */
  private boolean run(int rate) throws InterruptedException {
    latencies.clear();
    long count = rate * STEP.toSeconds();
    long start = System.nanoTime();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sender = 0; sender < SENDERS; sender++) {
        int first = sender;
        senders.execute(() -> send(first, count, rate, start));
      }
    }
    // The last ones are on their way.
    TimeUnit.NANOSECONDS.sleep(KNEE.toNanos());
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    long p99 = sorted.length == 0 ? Long.MAX_VALUE : sorted[sorted.length * 99 / 100];
    System.out.printf(
        "%10d %9.1f%% %10.2f %10.2f%n",
        rate,
        100.0 * sorted.length / count,
        sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2] / 1e6,
        p99 / 1e6);
    return sorted.length == count && p99 < KNEE.toNanos();
  }

  private void send(int first, long count, int rate, long start) {
    for (long i = first; i < count; i += SENDERS) {
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
      long ahead = due - System.nanoTime();
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      }
      int client = (int) (i % CLIENTS);
      // Even ones are on the first server, which therefore does not send to them.
      nodes
          .get((client + 1) % 2)
          .clients()
          .group(Integer.toString(client))
          .send("tick", Long.toString(due));
    }
  }

  /** Takes note of when a tick came. */
  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final Runnable whenEntered;

    Receiver(Runnable whenEntered) {
      this.whenEntered = whenEntered;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      for (int end = text.indexOf(RECORD_END); end >= 0; end = text.indexOf(RECORD_END)) {
        received(text.substring(0, end));
        text.delete(0, end + 1);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void received(String record) {
      if (record.contains("\"tick\"")) {
        String due = record.substring(record.indexOf("[\"") + 2, record.indexOf("\"]"));
        latencies.add(System.nanoTime() - Long.parseLong(due));
      } else if (record.contains("\"entered\"")) {
        whenEntered.run();
      }
    }
  }
}
