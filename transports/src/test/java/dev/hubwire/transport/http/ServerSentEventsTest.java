package dev.hubwire.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.SendResult;
import dev.hubwire.transport.TransportConnection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  private final HttpTransportServer server = new HttpTransportServer();
  private final String target = server.negotiate();
  private final HttpClientSocket stream = new HttpClientSocket(server.port());

  @AfterEach
  void everythingIsGone() {
    stream.close();
    server.close();
  }

  @Test
  void beginsAtOnceWithHeadersThatNoProxyHoldsBack() {
    String head = stream.events(target).readUntil("\r\n\r\n");
    assertThat(head)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("content-type: text/event-stream\r\n")
        .containsIgnoringCase("cache-control: no-cache,no-store\r\n")
        .containsIgnoringCase("pragma: no-cache\r\n")
        .containsIgnoringCase("content-encoding: identity\r\n")
        .containsIgnoringCase("x-accel-buffering: no\r\n");
    assertThat(stream.chunk()).isEqualTo(":\r\n");
  }

  @Test
  void sendsEventsInOrder() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload("one"));
    connection.send(server.payload("two\nlines"));
    assertThat(stream.readUntil("lines\r\n\r\n"))
        .contains("data: one\r\n\r\n")
        .endsWith("data: two\r\ndata: lines\r\n\r\n");
  }

  @Test
  void sendsAnEventLargerThanItsBuffer() throws InterruptedException {
    String large = "x".repeat(300_000);
    open().send(server.payload(large + "!"));
    assertThat(stream.readUntil("!").replaceAll("\r\n[0-9a-f]+\r\n", ""))
        .endsWith("data: " + large + "!");
  }

  @Test
  void endsTheResponseAfterWhatWasSent() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload("last"));
    connection.close(CloseReason.SERVER_CLOSED);
    assertThat(stream.readUntil("0\r\n\r\n")).contains("data: last\r\n\r\n");
    assertThat(server.end()).isEqualTo(CloseReason.SERVER_CLOSED);
  }

  @Test
  void cutsTheResponseOffWhenItIsAborted() throws InterruptedException {
    open().abort(CloseReason.ABORTED);
    assertThat(stream.isAtEnd()).isTrue();
    assertThat(server.end()).isEqualTo(CloseReason.ABORTED);
  }

  @Test
  void noticesAClientThatLeftThoughNothingIsSent() throws InterruptedException {
    open();
    stream.close();
    assertThat(server.end()).isEqualTo(CloseReason.CLIENT_GONE);
    HttpClientSocket killed = new HttpClientSocket(server.port()).events(server.negotiate());
    killed.readUntil(":\r\n");
    killed.reset();
    assertThat(server.end()).isEqualTo(CloseReason.CLIENT_GONE);
  }

  @Test
  void cutsAClientThatTakesNothing() throws InterruptedException {
    TransportConnection connection = open();
    connection.send(server.payload("x".repeat(32 * 1024 * 1024)));
    HttpTransportServer.await(
        () -> {
          server.advance(Duration.ofSeconds(11));
          return server.connections() == 0;
        });
    assertThat(server.end()).isEqualTo(CloseReason.SEND_TIMEOUT);
  }

  @Test
  void holdsBackSendersWhileTheClientTakesNothing() throws InterruptedException {
    TransportConnection connection = open();
    assertThat(connection.send(server.payload("x".repeat(32 * 1024 * 1024))))
        .isEqualTo(SendResult.CONGESTED);
    server.advance(Duration.ofMillis(1)); // a turn of the loop, which writes what it can
    assertThat(connection.isWritable()).isFalse();
    stream.readUntil("xx");
    stream.reset();
  }

  @Test
  void takesPostsInOrderAndOnlyAsFastAsTheyAreRead() throws InterruptedException {
    TransportConnection connection = open();
    server.onReceived(connection::pauseReads);
    try (HttpClientSocket first = new HttpClientSocket(server.port()).post(target, "one");
        HttpClientSocket second = new HttpClientSocket(server.port())) {
      assertThat(server.received()).isEqualTo("one");
      assertThat(first.answer()).isEqualTo("200 text/plain|");
      second.post(target, "two");
      server.advance(Duration.ofSeconds(1)); // a turn of every loop, in which nothing may come
      assertThat(server.hasReceived()).isFalse();
      connection.lane().execute(connection::resumeReads);
      assertThat(server.received()).isEqualTo("two");
      assertThat(second.answer()).isEqualTo("200 text/plain|");
    }
  }

  @Test
  void refusesPostsAfterTheEnd() throws InterruptedException {
    open();
    stream.close();
    assertThat(server.end()).isEqualTo(CloseReason.CLIENT_GONE);
    try (HttpClientSocket late = new HttpClientSocket(server.port()).post(target, "late")) {
      assertThat(late.answer()).isEqualTo("404 text/plain|No Connection with that ID");
    }
  }

  @Test
  void asksForABodyThatItsClientHoldsBack() throws InterruptedException {
    open();
    try (HttpClientSocket cautious = new HttpClientSocket(server.port())) {
      cautious.send(
          "POST %s HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
              .formatted(target));
      assertThat(cautious.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue\r\n");
      assertThat(cautious.send("hello").answer()).isEqualTo("200 text/plain|");
      assertThat(server.received()).isEqualTo("hello");
    }
  }

  private TransportConnection open() throws InterruptedException {
    stream.events(target).readUntil(":\r\n\r\n");
    return server.connection();
  }
}
