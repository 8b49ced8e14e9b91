package dev.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.signalr.HubConnection;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a connection of the Java client receives under one method name, in order. */
final class Inbox<T> {
  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<T> arrived = new LinkedBlockingQueue<>();

  /** From now on; before the connection is started, to miss nothing. */
  Inbox(HubConnection connection, String method, Class<T> type) {
    connection.on(method, arrived::add, type);
  }

  static Inbox<String> texts(HubConnection connection) {
    return new Inbox<>(connection, "receive", String.class);
  }

  @Nullable T next() throws InterruptedException {
    return arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @SafeVarargs
  final void expect(T... items) throws InterruptedException {
    for (T item : items) {
      assertThat(next()).isEqualTo(item);
    }
  }

  /** Nothing has arrived: what the connection sends itself now is the next thing it receives. */
  static void expectNothing(Inbox<String> inbox, HubConnection connection)
      throws InterruptedException {
    String own = UUID.randomUUID().toString();
    JavaStage.call(connection, "SendToCaller", own);
    inbox.expect(own);
  }
}
