package dev.hubwire.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.TransportConnection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DepartureTest {
  /** What must never be taken for a request of its own when it comes as a body. */
  private static final String INNER = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final HttpTransportServer server = new HttpTransportServer();
  private final String target = server.negotiate();
  private final HttpClientSocket client = new HttpClientSocket(server.port());

  @AfterEach
  void everythingIsGone() {
    client.close();
    server.awaitNoConnections();
    server.close();
  }

  @Test
  void theSocketOfAPollThatVanishedIsClosed() throws InterruptedException {
    poll();
    for (int i = 0; i < 20; i++) {
      HttpClientSocket closing = new HttpClientSocket(server.port()).get(target);
      HttpClientSocket killed = new HttpClientSocket(server.port()).get(target);
      HttpClientSocket halfClosed = new HttpClientSocket(server.port()).get(target);
      HttpTransportServer.await(() -> server.sockets() == 4);
      closing.close();
      killed.reset();
      halfClosed.shutdownOutput();
      HttpTransportServer.await(() -> server.sockets() == 1);
      halfClosed.close();
    }
    assertThat(server.connections()).isOne();
  }

  @Test
  void theBodyOfAPollIsNotTakenForTheNextRequest() throws InterruptedException {
    TransportConnection connection = poll();
    client.send(head(target, "Content-Length: " + INNER.length()));
    server.awaitRequests(1);
    client.send(INNER.substring(0, 10));
    aTurnOfEveryLoop();
    client.send(INNER.substring(10));
    aTurnOfEveryLoop();
    connection.send(server.payload("one"));
    assertThat(client.answer()).isEqualTo("200 application/octet-stream|one");
    connection.send(server.payload("two"));
    assertThat(client.get(target).answer()).isEqualTo("200 application/octet-stream|two");
  }

  @Test
  void theChunkedBodyOfAPollIsNotTakenForTheNextRequest() throws InterruptedException {
    TransportConnection connection = poll();
    client.send(head(target, "Transfer-Encoding: chunked"));
    server.awaitRequests(1);
    client.send("%x\r\n%s\r\n0\r\n\r\n".formatted(INNER.length(), INNER));
    aTurnOfEveryLoop();
    connection.send(server.payload("one"));
    assertThat(client.answer()).isEqualTo("200 application/octet-stream|one");
    connection.send(server.payload("two"));
    assertThat(client.get(target).answer()).isEqualTo("200 application/octet-stream|two");
  }

  @Test
  void aClientThatLeavesAfterTheBodyOfItsPollIsNoticed() throws InterruptedException {
    poll();
    try (HttpClientSocket leaving = new HttpClientSocket(server.port())) {
      leaving.send(head(target, "Content-Length: 4"));
      server.awaitRequests(1);
      leaving.send("body");
      HttpTransportServer.await(() -> server.sockets() == 2);
    }
    HttpTransportServer.await(() -> server.sockets() == 1);
  }

  @Test
  void aClientThatLeavesInTheMiddleOfTheBodyOfItsPollIsNoticed() throws InterruptedException {
    poll();
    for (int i = 0; i < 50; i++) {
      // Part of the body and the end come together or apart, as it happens.
      try (HttpClientSocket leaving = new HttpClientSocket(server.port())) {
        leaving.send(head(target, "Content-Length: 4"));
        HttpTransportServer.await(() -> server.sockets() == 2);
        leaving.send("bo");
      }
      HttpTransportServer.await(() -> server.sockets() == 1);
    }
  }

  @Test
  void aLongBodyOfAPollIsThrownAway() throws InterruptedException {
    TransportConnection connection = poll();
    String body = INNER.repeat(20_000);
    client.send(head(target, "Content-Length: " + body.length())).send(body);
    connection.send(server.payload("one"));
    assertThat(client.answer()).isEqualTo("200 application/octet-stream|one");
    connection.send(server.payload("two"));
    assertThat(client.get(target).answer()).isEqualTo("200 application/octet-stream|two");
  }

  @Test
  void aRequestThatCameBeforeTheAnswerIsAnsweredNext() throws InterruptedException {
    TransportConnection connection = poll();
    client.get(target);
    server.awaitRequests(1);
    client.get("/c?id=unknown");
    aTurnOfEveryLoop();
    connection.send(server.payload("first"));
    assertThat(client.answer()).isEqualTo("200 application/octet-stream|first");
    assertThat(client.answer()).isEqualTo("404 text/plain|No Connection with that ID");
    assertThat(client.get("/c?id=unknown").answer()).startsWith("404 ");
  }

  @Test
  void anEventStreamWhoseRequestHasABodyIsWatchedToo() throws InterruptedException {
    try (HttpClientSocket stream = new HttpClientSocket(server.port())) {
      stream.send(head(target, "Accept: text/event-stream\r\nContent-Length: " + INNER.length()));
      stream.readUntil(":\r\n\r\n");
      stream.send(INNER);
      aTurnOfEveryLoop();
      server.connection().send(server.payload("still here"));
      stream.readUntil("data: still here\r\n\r\n");
    }
    assertThat(server.end()).isEqualTo(CloseReason.CLIENT_GONE);
  }

  /** Makes the connection. */
  private TransportConnection poll() throws InterruptedException {
    assertThat(client.get(target).answer()).isEqualTo("200 application/octet-stream|");
    return server.connection();
  }

  /** In it, what the client sent before is most likely read; no assertion rests on that. */
  private void aTurnOfEveryLoop() {
    server.advance(Duration.ZERO);
  }

  private static String head(String target, String header) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(target, header);
  }
}
