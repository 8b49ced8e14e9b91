package dev.hubwire.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.SlowConsumerPolicy;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportOptions;
import dev.hubwire.transport.http.HttpTransportServer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every transport promises to what runs on it, shown with a real client on a started server.
 * After each test nothing may be left: no connection, no session, no buffer, and every listener has
 * heard of its end once.
 */
abstract class TransportContractTest {
  /** More than the buffers of two sockets take, so that a client that does not read holds it up. */
  private static final String HUGE = "x".repeat(16 * 1024 * 1024) + ";";

  /** Test thread only, like the client. */
  private HttpTransportServer server = start(options -> options);

  private @Nullable ContractClient client;

  abstract ContractClient connect(HttpTransportServer server);

  abstract CloseReason reasonForAClientThatLeft();

  @AfterEach
  void nothingIsLeft() {
    if (client != null) {
      client.close();
    }
    server.awaitNoConnections();
    server.close();
  }

  @Test
  void deliversInTheOrderOfSending() throws InterruptedException {
    TransportConnection connection = open();
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      String text = i + ";";
      sent.append(text);
      connection.send(server.payload(text));
    }
    assertThat(read(sent.length())).isEqualTo(sent.toString());
  }

  @Test
  void whatALaneDeliversComesBeforeWhatItSendsThen() throws InterruptedException {
    TransportConnection connection = open();
    connection
        .lane()
        .execute(
            () -> {
              connection.deliver(server.payload("1;"));
              connection.deliver(server.payload("2;"));
              connection.send(server.payload("3;"));
            });
    assertThat(read(6)).isEqualTo("1;2;3;");
  }

  @Test
  void neverSplitsAPayload() throws InterruptedException {
    restart(options -> options.maxQueuedBytes(1_000_000));
    TransportConnection connection = open();
    int total = 0;
    for (int length : new int[] {1, 125, 126, 65_526, 65_536, 1, 200_000, 0}) {
      connection.send(server.payload("y".repeat(length) + ";"));
      total += length + 1;
    }
    while (total > 0) {
      String piece = next();
      assertThat(piece).endsWith(";");
      total -= piece.length();
    }
  }

  @Test
  void receivesBytesInOrder() throws InterruptedException {
    open();
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      client().send("message " + i);
      sent.append("message ").append(i);
    }
    StringBuilder received = new StringBuilder();
    while (received.length() < sent.length()) {
      received.append(server.received());
    }
    assertThat(received).hasToString(sent.toString());
  }

  @Test
  void deliversNothingWhileItIsPaused() throws InterruptedException {
    TransportConnection connection = open();
    server.onReceived(connection::pauseReads);
    client().send("one");
    assertThat(server.received()).isEqualTo("one");
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> client().send("two"));
    server.advance(Duration.ofSeconds(1)); // a turn of every loop, in which nothing may come
    assertThat(server.hasReceived()).isFalse();
    server.onReceived(
        () -> {}); // a connection that is paused would not notice that its client left
    connection.lane().execute(connection::resumeReads);
    assertThat(server.received()).isEqualTo("two");
    sending.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void aSenderCanWaitForAClientThatIsBehind() throws InterruptedException {
    TransportConnection connection = open();
    client().listen();
    assertThat(connection.send(server.payload(HUGE))).isEqualTo(SendResult.CONGESTED);
    server.advance(Duration.ZERO); // a turn of the loop, in which it writes what it can
    assertThat(connection.isWritable()).isFalse();
    CompletableFuture<SendResult> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                connection.awaitWritable();
                return connection.send(server.payload("after;"));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(read(HUGE.length())).isEqualTo(HUGE);
    assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(SendResult.ACCEPTED);
    assertThat(read(6)).isEqualTo("after;");
  }

  @Test
  void nobodyMayWaitOnALane() throws InterruptedException {
    TransportConnection connection = open();
    CompletableFuture<Void> onLane = new CompletableFuture<>();
    connection
        .lane()
        .execute(
            () -> {
              assertThatThrownBy(connection::awaitWritable)
                  .isInstanceOf(IllegalStateException.class);
              onLane.complete(null);
            });
    onLane.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void dropsPastTheLimitWhereThePolicySaysSo() throws InterruptedException {
    restart(options -> options.slowConsumerPolicy(SlowConsumerPolicy.DROP));
    TransportConnection connection = open();
    client().listen();
    assertThat(connection.send(server.payload(HUGE))).isEqualTo(SendResult.ACCEPTED);
    assertThat(connection.send(server.payload("lost;"))).isEqualTo(SendResult.DROPPED);
    assertThat(read(HUGE.length())).isEqualTo(HUGE);
    HttpTransportServer.await(connection::isWritable);
    assertThat(connection.send(server.payload("kept;"))).isEqualTo(SendResult.ACCEPTED);
    assertThat(read(5)).isEqualTo("kept;");
  }

  @Test
  void closesPastTheLimitWhereThePolicySaysSo() throws InterruptedException {
    restart(options -> options.slowConsumerPolicy(SlowConsumerPolicy.CLOSE));
    TransportConnection connection = open();
    client().listen();
    assertThat(connection.send(server.payload(HUGE))).isEqualTo(SendResult.ACCEPTED);
    assertThat(connection.send(server.payload("lost;"))).isEqualTo(SendResult.CLOSED);
    assertThat(server.end()).isEqualTo(CloseReason.SLOW_CONSUMER);
  }

  @Test
  void cutsAClientThatTakesNothingForTheSendTimeout() throws InterruptedException {
    TransportConnection connection = open();
    client().listen();
    connection.send(server.payload(HUGE));
    HttpTransportServer.await(client()::hasInput);
    HttpTransportServer.await(
        () -> {
          // The kernel may still take some between two looks, which counts as progress.
          server.advance(Duration.ofSeconds(11));
          return server.connections() == 0;
        });
    assertThat(server.end()).isEqualTo(CloseReason.SEND_TIMEOUT);
  }

  @Test
  void closesAfterWhatWasSent() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload("one;"));
    connection.send(server.payload("two;"));
    connection.close(CloseReason.SERVER_CLOSED);
    connection.close(CloseReason.ABORTED);
    assertThat(read(8)).isEqualTo("one;two;");
    assertThat(client().next()).isNull();
    assertThat(server.end()).isEqualTo(CloseReason.SERVER_CLOSED);
  }

  @Test
  void closesAfterAllOfAHugePayload() throws InterruptedException {
    TransportConnection connection = open();
    client().listen();
    connection.send(server.payload(HUGE));
    connection.close(CloseReason.SERVER_CLOSED);
    assertThat(read(HUGE.length())).isEqualTo(HUGE);
    assertThat(client().next()).isNull();
  }

  @Test
  void letsItsListenerHaveTheLastWord() throws InterruptedException {
    TransportConnection connection = open();
    server.onClosing(closing -> closing.deliver(server.payload("bye;")));
    connection.close(CloseReason.SERVER_SHUTDOWN);
    assertThat(read(4)).isEqualTo("bye;");
    assertThat(client().next()).isNull();
    assertThat(server.end()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
  }

  @Test
  void refusesWhatIsSentAfterTheEnd() throws InterruptedException {
    TransportConnection connection = open();
    connection.close(CloseReason.SERVER_CLOSED);
    assertThat(server.end()).isEqualTo(CloseReason.SERVER_CLOSED);
    assertThat(connection.send(server.payload("late;"))).isEqualTo(SendResult.CLOSED);
    connection.awaitWritable();
    assertThat(client().next()).isNull();
  }

  @Test
  void isGoneAtOnceWhenItIsAborted() throws InterruptedException {
    TransportConnection connection = open();
    client().listen();
    server.onClosing(closing -> closing.deliver(server.payload("never;")));
    connection.abort(CloseReason.ABORTED);
    assertThat(server.end()).isEqualTo(CloseReason.ABORTED);
    HttpTransportServer.await(() -> server.connections() == 0);
    assertThat(connection.send(server.payload("late;"))).isEqualTo(SendResult.CLOSED);
  }

  @Test
  void endsWithAListenerThatFails() throws InterruptedException {
    open();
    server.onReceived(
        () -> {
          throw new IllegalStateException("a listener that fails");
        });
    client().send("x");
    assertThat(server.end()).isEqualTo(CloseReason.APPLICATION_ERROR);
  }

  @Test
  void endsWithAHandlerThatFails() throws InterruptedException {
    server.onConnected(
        () -> {
          throw new IllegalStateException("a handler that fails");
        });
    TransportConnection connection = open();
    HttpTransportServer.await(
        () -> {
          SendResult result = connection.send(server.payload("x;"));
          return result == SendResult.CLOSED;
        });
  }

  @Test
  void noticesAClientThatLeft() throws InterruptedException {
    TransportConnection connection = open();
    client().leave();
    HttpTransportServer.await(
        () -> {
          server.advance(HttpTransportServer.DISCONNECT_TIMEOUT.plusSeconds(1));
          return server.connections() == 0;
        });
    assertThat(server.end()).isEqualTo(reasonForAClientThatLeft());
    assertThat(connection.send(server.payload("late;"))).isEqualTo(SendResult.CLOSED);
    HttpTransportServer.await(() -> server.sockets() == 0);
  }

  private HttpTransportServer start(UnaryOperator<TransportOptions.Builder> configure) {
    return new HttpTransportServer(configure.apply(TransportOptions.builder()).build());
  }

  private void restart(UnaryOperator<TransportOptions.Builder> configure) {
    server.close();
    server = start(configure);
  }

  private TransportConnection open() throws InterruptedException {
    client = connect(server);
    return server.connection();
  }

  private ContractClient client() {
    return Objects.requireNonNull(client, "no client is connected");
  }

  /** The next piece, which is not the end. */
  private String next() {
    return Objects.requireNonNull(client().next(), "the connection has ended");
  }

  private String read(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(next());
    }
    return text.toString();
  }
}
