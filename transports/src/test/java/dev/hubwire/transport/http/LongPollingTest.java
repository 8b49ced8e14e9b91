package dev.hubwire.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongPollingTest {
  private static final String EMPTY = "200 application/octet-stream|";
  private static final String LAST = "204 text/plain|";
  private static final int MANY = 1_000;

  private final HttpTransportServer server = new HttpTransportServer();
  private final String target = server.negotiate();
  private final HttpClientSocket client = new HttpClientSocket(server.port());

  @AfterEach
  void everythingIsGone() {
    client.close();
    server.advance(HttpTransportServer.DISCONNECT_TIMEOUT.plusSeconds(1));
    server.advance(HttpTransportServer.DISCONNECT_TIMEOUT.plusSeconds(1));
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
    client.get(target);
    HttpTransportServer.await(
        () -> {
          server.advance(Duration.ofSeconds(1));
          return server.connections() == 1;
        });
    for (int i = 0; i < 10; i++) {
      server.advance(Duration.ofSeconds(10));
    }
    assertThat(client.answer()).isEqualTo("200 text/plain|");
    assertThat(server.connections()).isOne();
  }

  @Test
  void aNewerPollTakesTheOldersPlace() throws InterruptedException {
    TransportConnection connection = open();
    client.get(target);
    try (HttpClientSocket other = new HttpClientSocket(server.port()).get(target)) {
      // They come over different threads: the one that came first is told to stop.
      HttpTransportServer.await(() -> client.hasInput() || other.hasInput());
      HttpClientSocket older = client.hasInput() ? client : other;
      HttpClientSocket newer = client.hasInput() ? other : client;
      assertThat(older.answer()).isEqualTo(LAST);
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
    server.advance(Duration.ofMillis(1));
    vanishing.reset();
    // When the loop has noticed, the client's time to come back runs, and it is still there.
    HttpTransportServer.await(
        () -> {
          server.advance(Duration.ofSeconds(1));
          return server.connections() == 1;
        });
    connection.send(server.payload("kept"));
    assertThat(client.get(target).answer()).endsWith("kept");
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
}
