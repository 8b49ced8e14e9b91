package dev.hubwire.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubwire.transport.http.HttpClientSocket;
import dev.hubwire.transport.http.HttpTransportServer;
import org.jspecify.annotations.Nullable;

/** Polls one after the other over one socket, and sends by POST over others. */
final class PollingClient implements ContractClient {
  private final HttpTransportServer server;
  private final String target;
  private final HttpClientSocket polls;
  private boolean polling;

  PollingClient(HttpTransportServer server) {
    this.server = server;
    this.target = server.negotiate();
    this.polls = new HttpClientSocket(server.port());
    assertThat(polls.get(target).answer()).isEqualTo("200 application/octet-stream|");
  }

  @Override
  public @Nullable String next() {
    listen();
    polling = false;
    String answer = polls.answer();
    if (answer.startsWith("204 ")) {
      return null;
    }
    assertThat(answer).startsWith("200 application/octet-stream|");
    return answer.substring(answer.indexOf('|') + 1);
  }

  @Override
  public void listen() {
    if (!polling) {
      polling = true;
      polls.get(target);
    }
  }

  @Override
  public boolean hasInput() {
    return polls.hasInput();
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
    polls.reset();
  }

  @Override
  public void close() {
    polls.close();
  }
}
