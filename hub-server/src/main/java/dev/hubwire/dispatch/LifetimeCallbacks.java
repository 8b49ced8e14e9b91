package dev.hubwire.dispatch;

import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.hub.HubLifetimeContext;
import dev.hubwire.hub.HubObserver;
import dev.hubwire.hub.HubOperation;
import dev.hubwire.hub.ServiceScope;
import org.jspecify.annotations.Nullable;

/**
 * Tells a hub who comes and goes, each time a new hub inside the filters ({@code
 * docs/protocol/hub-semantics.md} §19). Thread-safe; may block.
 */
final class LifetimeCallbacks {
  private final HubRuntime<?> runtime;
  private final boolean hearConnected;
  private final boolean hearDisconnected;
  private final FilterChain connected;
  private final FilterChain disconnected;

  LifetimeCallbacks(HubRuntime<?> runtime, HubType<?, ?> type) {
    this.runtime = runtime;
    this.connected = type.filters(FilterChain.Hook.CONNECTED);
    this.disconnected = type.filters(FilterChain.Hook.DISCONNECTED);
    this.hearConnected = type.hearsConnected() || !connected.isEmpty();
    this.hearDisconnected = type.hearsDisconnected() || !disconnected.isEmpty();
  }

  /** Whether there is anything to do for a client that comes. */
  boolean hearConnected() {
    return hearConnected;
  }

  /** Whether there is anything to do for a client that went. */
  boolean hearDisconnected() {
    return hearDisconnected;
  }

  /** Throws what a filter or the hub throws. */
  void connected(HubConnection connection) throws Exception {
    observed(
        HubOperation.Kind.CONNECTED,
        "OnConnectedAsync",
        connection,
        scope -> {
          Context context = context(connection, scope, () -> refuseToAsk("OnConnectedAsync"));
          connected.connected(scope, context, () -> context.hub().onConnected());
        });
  }

  /** Throws what a filter or the hub throws. */
  void disconnected(HubConnection connection, @Nullable Throwable error) throws Exception {
    observed(
        HubOperation.Kind.DISCONNECTED,
        "OnDisconnectedAsync",
        connection,
        scope -> {
          Context context = context(connection, scope, () -> {});
          disconnected.disconnected(
              scope, context, error, told -> context.hub().onDisconnected(told));
        });
  }

  /** Something to be done in a scope of its own. */
  private interface Scoped {
    void run(CallScope scope) throws Exception;
  }

  private void observed(
      HubOperation.Kind kind, String name, HubConnection connection, Scoped callback)
      throws Exception {
    CallerContext caller = connection.context();
    HubObserver.Observation observation = runtime.observations().start(kind, name, caller);
    Throwable failure = null;
    try (CallScope scope = runtime.openScope(connection)) {
      callback.run(scope);
    } catch (Throwable thrown) {
      failure = thrown;
      throw thrown;
    } finally {
      Observations.end(observation, failure, caller);
    }
  }

  /** No filter is around this ({@code docs/protocol/net11-additions.md} §1.7). */
  void refreshed(HubConnection connection) throws Exception {
    observed(
        HubOperation.Kind.AUTHENTICATION_REFRESHED,
        "OnAuthenticationRefreshedAsync",
        connection,
        scope ->
            context(connection, scope, () -> refuseToAsk("OnAuthenticationRefreshedAsync"))
                .hub()
                .onAuthenticationRefreshed());
  }

  private Context context(HubConnection connection, CallScope scope, Runnable beforeAsking)
      throws Exception {
    CallerContext caller = connection.context();
    return new Context(runtime.newHub(connection, caller, scope, beforeAsking), caller, scope);
  }

  /** As the reference does, which does not listen to the client meanwhile. */
  private static void refuseToAsk(String callback) {
    throw new IllegalStateException(
        "Client results inside " + callback + " Hub methods are not allowed.");
  }

  private record Context(Hub<?> hub, HubCallerContext caller, ServiceScope services)
      implements HubLifetimeContext {}
}
