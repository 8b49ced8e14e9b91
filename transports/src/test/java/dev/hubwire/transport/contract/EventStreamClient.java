package dev.hubwire.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.http.HttpClientSocket;
import dev.hubwire.transport.http.HttpTransportServer;
import org.jspecify.annotations.Nullable;

/** Reads events of one line, and sends by POST. */
final class EventStreamClient implements ContractClient {
  private static final String FIELD = "data: ";
  private static final String END_OF_EVENT = "\r\n\r\n";

  private final HttpTransportServer server;
  private final String target;
  private final HttpClientSocket stream;
  private final StringBuilder unread = new StringBuilder();

  EventStreamClient(HttpTransportServer server) {
    this.server = server;
    this.target = server.negotiate();
    this.stream = new HttpClientSocket(server.port()).events(target);
    stream.readUntil("\r\n\r\n");
    assertThat(stream.chunk()).isEqualTo(":\r\n");
  }

  @Override
  public @Nullable String next() {
    int end;
    int searched = 0;
    while ((end = unread.indexOf(END_OF_EVENT, searched)) < 0) {
      searched = Math.max(0, unread.length() - END_OF_EVENT.length());
      String chunk = stream.chunk();
      if (chunk.isEmpty()) {
        assertThat(unread).as("the rest at the end").isEmpty();
        return null;
      }
      unread.append(chunk);
    }
    String event = unread.substring(0, end);
    unread.delete(0, end + END_OF_EVENT.length());
    assertThat(event).startsWith(FIELD).doesNotContain("\n");
    return event.substring(FIELD.length());
  }

  @Override
  public void listen() {}

  @Override
  public boolean hasInput() {
    return stream.hasInput();
  }

  @Override
  public void send(String text) {
    try (HttpClientSocket post = new HttpClientSocket(server.port())) {
      post.post(target, text);
      post.readUntil("\r\n\r\n");
    }
  }

  @Override
  public void leave() {
    stream.reset();
  }

  @Override
  public void close() {
    stream.close();
  }
}
