package dev.hubwire.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongPollingTest {
  private static final String EMPTY = "200 application/octet-stream|";
  private static final String LAST = "204 text/plain|";
  private static final int MANY = 1_000;
  private static final String MORE_THAN_SOCKETS_HOLD = "x".repeat(16 * 1024 * 1024);

  private final HttpTransportServer server =
      new HttpTransportServer(
          TransportOptions.builder().maxQueuedBytes(MORE_THAN_SOCKETS_HOLD.length() / 2).build());
  private final String target = server.negotiate();
  private final HttpClientSocket client = new HttpClientSocket(server.port());

  @AfterEach
  void everythingIsGone() {
    client.close();
    server.awaitNoConnections();
    server.close();
  }

  @Test
  void answersTheFirstPollAtOnce() {
    assertThat(client.get(target).answer()).isEqualTo(EMPTY);
  }

  @Test
  void aPollTakesEverythingThatWaits() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload("one,"));
    connection.send(server.payload("two"));
    server.advance(Duration.ofMillis(1)); // both have arrived in the outbox
    assertThat(client.get(target).answer()).isEqualTo(EMPTY + "one,two");
  }

  @Test
  void aPollWaitsUntilThereIsSomething() throws InterruptedException {
    TransportConnection connection = open();
    client.get(target);
    connection.send(server.payload("late"));
    assertThat(client.answer()).isEqualTo(EMPTY + "late");
  }

  @Test
  void anIdlePollIsAnsweredAfterThePollTimeout() throws InterruptedException {
    open();
    try (HttpClientSocket other = new HttpClientSocket(server.port())) {
      HttpClientSocket waiting = waitingPoll(other);
      for (int i = 0; i < 10; i++) {
        server.advance(Duration.ofSeconds(10));
      }
      assertThat(waiting.answer()).isEqualTo("200 text/plain|");
      assertThat(server.connections()).isOne();
    }
  }

  @Test
  void aNewerPollTakesTheOldersPlace() throws InterruptedException {
    TransportConnection connection = open();
    try (HttpClientSocket other = new HttpClientSocket(server.port())) {
      HttpClientSocket newer = waitingPoll(other);
      connection.send(server.payload("here"));
      assertThat(newer.answer()).isEqualTo(EMPTY + "here");
    }
  }

  @Test
  void whatIsLeftAtTheEndIsStillFetched() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload("last words"));
    connection.close(CloseReason.SERVER_CLOSED);
    assertThat(server.end()).isEqualTo(CloseReason.SERVER_CLOSED);
    assertThat(client.get(target).answer()).isEqualTo(EMPTY + "last words");
    assertThat(client.get(target).answer()).isEqualTo(LAST);
    assertThat(client.get(target).answer()).isEqualTo("404 text/plain|No Connection with that ID");
  }

  @Test
  void aClientThatDeletesTheConnectionEndsIt() throws InterruptedException {
    open();
    assertThat(client.send("DELETE", target, "", "").answer()).isEqualTo("202 text/plain|");
    assertThat(server.end()).isEqualTo(CloseReason.CLIENT_CLOSED);
    HttpTransportServer.await(() -> server.connections() == 0);
  }

  /** The official Java client deletes while its poll waits, and polls no more. */
  @Test
  void aClientThatDeletesTheConnectionIsNotWaitedForOnceItsPollHasTheLastWords()
      throws InterruptedException {
    open();
    server.onClosing(closing -> closing.deliver(server.payload("bye")));
    try (HttpClientSocket other = new HttpClientSocket(server.port())) {
      HttpClientSocket waiting = waitingPoll(other);
      HttpClientSocket free = waiting.equals(other) ? client : other;
      assertThat(free.send("DELETE", target, "", "").answer()).isEqualTo("202 text/plain|");
      assertThat(waiting.answer()).isEqualTo(EMPTY + "bye");
      HttpTransportServer.await(() -> server.connections() == 0);
    }
  }

  @Test
  void aClientMayDeleteAConnectionThatIsClosingAlready() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload("last words"));
    connection.close(CloseReason.SERVER_CLOSED);
    assertThat(client.get(target).answer()).isEqualTo(EMPTY + "last words");
    assertThat(client.send("DELETE", target, "", "").answer()).isEqualTo("202 text/plain|");
    HttpTransportServer.await(() -> server.connections() == 0);
  }

  @Test
  void aPollIsAnsweredWith500WhenTheApplicationFailed() throws InterruptedException {
    open();
    server.onReceived(
        () -> {
          throw new IllegalStateException("an application that fails");
        });
    client.post(target, "x").answer();
    assertThat(server.end()).isEqualTo(CloseReason.APPLICATION_ERROR);
    assertThat(client.get(target).answer()).isEqualTo("500 text/plain|");
  }

  @Test
  void aVanishedPollLosesNothingIfItsClientComesBack() throws InterruptedException {
    TransportConnection connection = open();
    HttpClientSocket vanishing = new HttpClientSocket(server.port()).get(target);
    server.awaitRequests(1);
    vanishing.reset();
    server.awaitRequests(0);
    connection.send(server.payload("kept"));
    assertThat(client.get(target).answer()).endsWith("kept");
  }

  @Test
  void anAnswerThatIsCutOffInTheMiddleLosesNothing() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload(MORE_THAN_SOCKETS_HOLD));
    try (HttpClientSocket vanishing = new HttpClientSocket(server.port()).get(target)) {
      vanishing.readUntil("xx");
      vanishing.reset();
    }
    assertThat(client.get(target).answer()).isEqualTo(EMPTY + MORE_THAN_SOCKETS_HOLD);
  }

  @Test
  void whatIsSentWhileAPollIsAnsweredComesWithTheNext() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload(MORE_THAN_SOCKETS_HOLD));
    client.get(target);
    client.readUntil("\r\n\r\n");
    assertThat(connection.send(server.payload("next"))).isEqualTo(SendResult.CONGESTED);
    try (HttpClientSocket other = new HttpClientSocket(server.port()).get(target)) {
      client.read(MORE_THAN_SOCKETS_HOLD.length());
      assertThat(other.answer()).isEqualTo(EMPTY + "next");
    }
  }

  @Test
  void aClientThatDoesNotReadItsAnswerIsCut() throws InterruptedException {
    open().send(server.payload(MORE_THAN_SOCKETS_HOLD));
    client.get(target);
    client.readUntil("\r\n\r\n");
    HttpTransportServer.await(
        () -> {
          server.advance(Duration.ofSeconds(11));
          return server.connections() == 0;
        });
    assertThat(server.end()).isEqualTo(CloseReason.SEND_TIMEOUT);
    HttpTransportServer.await(() -> server.sockets() == 0);
  }

  @Test
  void aClientThatDoesNotComeBackIsGivenUp() throws InterruptedException {
    open();
    server.advance(HttpTransportServer.DISCONNECT_TIMEOUT);
    assertThat(server.connections()).isOne();
    server.advance(Duration.ofSeconds(1));
    assertThat(server.end()).isEqualTo(CloseReason.DISCONNECT_TIMEOUT);
  }

  @Test
  void pollsThatWaitHaveNoThreads() {
    List<HttpClientSocket> clients = new ArrayList<>();
    try {
      int threads = Thread.activeCount();
      for (int i = 0; i < MANY; i++) {
        HttpClientSocket waiting = new HttpClientSocket(server.port());
        clients.add(waiting);
        String own = server.negotiate();
        waiting.get(own).answer();
        waiting.get(own);
      }
      HttpTransportServer.await(() -> server.connections() == MANY);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
    } finally {
      clients.forEach(HttpClientSocket::close);
    }
  }

  private TransportConnection open() throws InterruptedException {
    assertThat(client.get(target).answer()).isEqualTo(EMPTY);
    return server.connection();
  }

  /**
   * Polls over both sockets, which come over different threads: the poll that came first is told to
   * stop, and the other waits.
   *
   * @return the socket whose poll waits; the other one is free again
   */
  private HttpClientSocket waitingPoll(HttpClientSocket other) throws InterruptedException {
    client.get(target);
    other.get(target);
    HttpTransportServer.await(() -> client.hasInput() || other.hasInput());
    HttpClientSocket older = client.hasInput() ? client : other;
    assertThat(older.answer()).isEqualTo(LAST);
    return older.equals(client) ? other : client;
  }
}
