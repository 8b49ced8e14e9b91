package dev.hubwire.backplane.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.backplane.BackplaneException;
import dev.hubwire.hub.ClientProxy;
import dev.hubwire.hub.Hub;
import dev.hubwire.server.HubServer;
import dev.hubwire.server.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole servers on one Redis, with clients on bare sockets. */
class RedisFarmTest {
  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

  private final RedisServer redis = RedisServer.start();
  private final List<AutoCloseable> opened = new ArrayList<>(List.of(redis));

  /** A chat in rooms. */
  public static final class ChatHub extends Hub<ClientProxy> {
    public void say(String text) {
      clients().all().send("said", text);
    }

    public void join(String room) {
      groups().add(context().connectionId(), room);
    }

    public void sayIn(String room, String text) {
      clients().group(room).send("said", text);
    }
  }

  /** One server, and what its backplane said of its health. */
  private final class Node {
    private final BlockingQueue<Boolean> health = new LinkedBlockingQueue<>();
    private final HubServer server;

    Node(UnaryOperator<RedisBackplane.Builder> settings) {
      RedisBackplane backplane =
          settings
              .apply(
                  RedisBackplane.builder()
                      .uri(redis.uri())
                      .healthListener((hub, healthy) -> health.add(healthy)))
              .build();
      server =
          HubServer.builder()
              .hub("/chat", ChatHub::new)
              .listen("127.0.0.1", 0)
              .backplane(backplane)
              .start();
      opened.addFirst(server);
    }

    RawClient connect() {
      RawClient client = new RawClient(server.port(), "/chat");
      opened.addFirst(client);
      return client;
    }

    void awaitHealth(boolean healthy) throws InterruptedException {
      assertThat(health.poll(BACK_WITHIN.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(healthy);
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void bringsMessagesToClientsOfEveryServer() {
    RawClient a = new Node(settings -> settings).connect();
    RawClient b = new Node(settings -> settings).connect();
    a.send(call("Say", "one"));
    assertThat(List.of(a.receive(), b.receive())).containsOnly(said("one"));
    b.send(call("Join", "room") + "\u001e" + call("SayIn", "room\",\"two"));
    assertThat(b.receive()).isEqualTo(said("two"));
    a.send(call("SayIn", "room\",\"three"));
    a.send(call("Say", "four"));
    assertThat(List.of(b.receive(), b.receive()))
        .containsExactlyInAnyOrder(said("three"), said("four"));
    assertThat(a.receive()).isEqualTo(said("four"));
  }

  @Test
  void goesOnHereWhileRedisIsAwayAndEverywhereWhenItIsBack() throws Exception {
    Node here = new Node(settings -> settings);
    Node there = new Node(settings -> settings);
    RawClient a = here.connect();
    RawClient b = there.connect();
    here.awaitHealth(true);
    there.awaitHealth(true);

    redis.kill();
    here.awaitHealth(false);
    there.awaitHealth(false);
    a.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Say\",\"arguments\":[\"alone\"]}");
    assertThat(a.receive()).isEqualTo(said("alone"));
    assertThat(a.receive())
        .isEqualTo(
            "{\"type\":3,\"invocationId\":\"1\",\"error\":"
                + "\"An unexpected error occurred invoking 'say' on the server.\"}");
    RawClient newcomer = there.connect();
    b.send(call("Say", "beside"));
    assertThat(List.of(b.receive(), newcomer.receive())).containsOnly(said("beside"));

    redis.startAgain();
    here.awaitHealth(true);
    there.awaitHealth(true);
    for (String text : List.of("again", "last")) {
      a.send(call("Say", text));
      for (RawClient client : List.of(a, b, newcomer)) {
        assertThat(client.receive()).isEqualTo(said(text));
      }
    }
  }

  @Test
  void letsCallsSucceedWhileRedisIsAwayIfAskedTo() throws Exception {
    Node node = new Node(settings -> settings.whenAway(WhenAway.DELIVER_HERE));
    RawClient client = node.connect();
    node.awaitHealth(true);
    redis.kill();
    node.awaitHealth(false);
    client.send("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Say\",\"arguments\":[\"x\"]}");
    assertThat(client.receive()).isEqualTo(said("x"));
    assertThat(client.receive()).isEqualTo("{\"type\":3,\"invocationId\":\"1\",\"result\":null}");
  }

  @Test
  void startsAndServesWithoutRedisAndJoinsWhenItComes() throws Exception {
    redis.kill();
    Node here = new Node(settings -> settings);
    RawClient a = here.connect();
    a.send(call("Say", "alone"));
    assertThat(a.receive()).isEqualTo(said("alone"));
    redis.startAgain();
    here.awaitHealth(true);
    Node there = new Node(settings -> settings);
    RawClient b = there.connect();
    a.send(call("Say", "together"));
    assertThat(List.of(a.receive(), b.receive())).containsOnly(said("together"));
  }

  @Test
  void deliversEveryMessageHereOnceWhileRedisGoesAndComes() throws Exception {
    Node node = new Node(settings -> settings);
    RawClient client = node.connect();
    node.awaitHealth(true);
    CompletableFuture<List<String>> received =
        CompletableFuture.supplyAsync(
            () ->
                Stream.generate(client::receive)
                    .takeWhile(message -> !message.equals(said("end")))
                    .toList(),
            Thread::startVirtualThread);
    ClientProxy all = node.server.hubContext(ChatHub.class).clients().all();
    int refused = send(all, 0, 500);
    assertThat(refused).isZero();
    CompletableFuture<Void> killed =
        CompletableFuture.runAsync(redis::kill, Thread::startVirtualThread);
    send(all, 500, 1_000);
    killed.join();
    node.awaitHealth(false);
    assertThat(send(all, 1_000, 1_100)).isEqualTo(100);
    redis.startAgain();
    node.awaitHealth(true);
    assertThat(send(all, 1_100, 1_200)).isZero();
    all.send("said", "end");
    assertThat(received.get(10, TimeUnit.SECONDS))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1_200).mapToObj(i -> said(Integer.toString(i))).toList());
  }

  /** Returns how many calls failed. */
  private static int send(ClientProxy clients, int from, int to) {
    int failed = 0;
    for (int i = from; i < to; i++) {
      try {
        clients.send("said", Integer.toString(i));
      } catch (BackplaneException e) {
        failed++;
      }
    }
    return failed;
  }

  private static String call(String method, String argument) {
    return "{\"type\":1,\"target\":\"" + method + "\",\"arguments\":[\"" + argument + "\"]}";
  }

  private static String said(String text) {
    return "{\"type\":1,\"target\":\"said\",\"arguments\":[\"" + text + "\"]}";
  }
}
