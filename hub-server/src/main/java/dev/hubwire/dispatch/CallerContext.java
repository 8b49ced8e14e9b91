package dev.hubwire.dispatch;

import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.User;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What hubs see of their caller; one for the life of a connection. */
final class CallerContext implements HubCallerContext {
  private final TransportConnection connection;
  private final @Nullable String userIdentifier;
  private final Runnable abort;

  /** Made when first asked for, by any thread: most connections keep nothing. */
  private volatile @Nullable Map<String, Object> items;

  /** Made when first asked for. Guarded by this. */
  private @Nullable CompletableFuture<Void> aborted;

  /** Guarded by this. */
  private boolean over;

  CallerContext(TransportConnection connection, @Nullable String userIdentifier, Runnable abort) {
    this.connection = connection;
    this.userIdentifier = userIdentifier;
    this.abort = abort;
  }

  @Override
  public String connectionId() {
    return connection.id().value();
  }

  @Override
  public @Nullable String userIdentifier() {
    return userIdentifier;
  }

  @Override
  public @Nullable User user() {
    return request().user();
  }

  @Override
  public Transport transport() {
    return connection.transport();
  }

  @Override
  public Map<String, Object> items() {
    Map<String, Object> present = items;
    if (present != null) {
      return present;
    }
    synchronized (this) {
      present = items;
      if (present == null) {
        present = new ConcurrentHashMap<>();
        items = present;
      }
      return present;
    }
  }

  @Override
  public @Nullable String queryParameter(String name) {
    return request().queryParameter(name);
  }

  @Override
  public @Nullable String header(String name) {
    return request().header(name);
  }

  @Override
  public @Nullable String cookie(String name) {
    return request().cookie(name);
  }

  @Override
  public void abort() {
    abort.run();
  }

  @Override
  public CompletionStage<Void> aborted() {
    return abortedFuture().minimalCompletionStage();
  }

  /**
   * The connection is over: completes {@link #aborted()}.
   *
   * @param threads runs what the application hung on it, which may block
   */
  void markAborted(Executor threads) {
    CompletableFuture<Void> asked;
    synchronized (this) {
      over = true;
      asked = aborted;
    }
    if (asked != null) {
      threads.execute(() -> asked.complete(null));
    }
  }

  private synchronized CompletableFuture<Void> abortedFuture() {
    if (aborted == null) {
      aborted = new CompletableFuture<>();
      if (over) {
        aborted.complete(null);
      }
    }
    return aborted;
  }

  private ConnectionRequest request() {
    return connection.request();
  }
}
