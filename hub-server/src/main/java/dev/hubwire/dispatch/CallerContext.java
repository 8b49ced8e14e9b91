package dev.hubwire.dispatch;

import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionRequest;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.User;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What hubs see of their caller. A connection has one until its user shows newer credentials; then
 * it has another, and calls that began before keep theirs.
 */
final class CallerContext implements HubCallerContext {
  private final TransportConnection connection;
  private final @Nullable String userIdentifier;
  private final @Nullable User user;
  private final Shared shared;

  /** What all contexts of a connection have in common. */
  private static final class Shared {
    private final Runnable abort;

    /** Made when first asked for, by any thread: most connections keep nothing. */
    private volatile @Nullable Map<String, Object> items;

    /** Made when first asked for. Guarded by this. */
    private @Nullable CompletableFuture<Void> aborted;

    /** Null while the connection is open. Written once, under this; read by any thread. */
    private volatile @Nullable CloseReason closeReason;

    Shared(Runnable abort) {
      this.abort = abort;
    }

    Map<String, Object> items() {
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

    void markAborted(CloseReason reason, Executor threads) {
      CompletableFuture<Void> asked;
      synchronized (this) {
        closeReason = reason;
        asked = aborted;
      }
      if (asked != null) {
        threads.execute(() -> asked.complete(null));
      }
    }

    synchronized CompletableFuture<Void> aborted() {
      if (aborted == null) {
        aborted = new CompletableFuture<>();
        if (closeReason != null) {
          aborted.complete(null);
        }
      }
      return aborted;
    }
  }

  CallerContext(TransportConnection connection, @Nullable String userIdentifier, Runnable abort) {
    this(connection, userIdentifier, connection.user(), new Shared(abort));
  }

  private CallerContext(
      TransportConnection connection,
      @Nullable String userIdentifier,
      @Nullable User user,
      Shared shared) {
    this.connection = connection;
    this.userIdentifier = userIdentifier;
    this.user = user;
    this.shared = shared;
  }

  /** The same connection, by newer credentials; the id by which its user is addressed stays. */
  CallerContext withUser(@Nullable User newUser) {
    return new CallerContext(connection, userIdentifier, newUser, shared);
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
    return user;
  }

  @Override
  public Transport transport() {
    return connection.transport();
  }

  @Override
  public Map<String, Object> items() {
    return shared.items();
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
    shared.abort.run();
  }

  @Override
  public @Nullable CloseReason closeReason() {
    return shared.closeReason;
  }

  @Override
  public CompletionStage<Void> aborted() {
    return shared.aborted().minimalCompletionStage();
  }

  /**
   * The connection is over: completes {@link #aborted()}.
   *
   * @param reason why
   * @param threads runs what the application hung on it, which may block
   */
  void markAborted(CloseReason reason, Executor threads) {
    shared.markAborted(reason, threads);
  }

  private ConnectionRequest request() {
    return connection.request();
  }
}
