package dev.hubwire.dispatch;

import dev.hubwire.backplane.Backplane;
import dev.hubwire.hub.Hub;
import dev.hubwire.hub.HubCallerContext;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.registry.BackplaneHubContext;
import dev.hubwire.registry.HubRegistry;
import dev.hubwire.registry.Waiting;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.TransportConnection;
import dev.hubwire.transport.TransportListener;
import dev.hubwire.transport.User;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one mapped hub share. A hub class that is mapped to several paths has a
 * runtime for each, and one registry for all. Immutable, thread-safe.
 *
 * @param <C> what the hub's clients are called through
 */
public final class HubRuntime<C> implements ConnectionHandler {
  private final HubType<? extends Hub<C>, C> type;
  private final HubSettings settings;
  private final List<HubProtocol> protocols;
  private final HubRegistry registry;
  private final BackplaneHubContext<C> hubContext;
  private final Surroundings surroundings;
  private final ErrorTexts errors;
  private final Invoker invoker = new Invoker(this);
  private final Observations observations;
  private final LifetimeCallbacks callbacks;

  /**
   * What a server gives all of its hubs.
   *
   * @param threads starts a thread for each task; the tasks may block
   * @param nanoClock nanoseconds since an arbitrary origin, the same the lanes scan with
   */
  public record Surroundings(Executor threads, LongSupplier nanoClock, Waiting.Timer timer) {}

  public HubRuntime(
      HubType<? extends Hub<C>, C> type,
      HubSettings settings,
      List<HubProtocol> protocols,
      HubRegistry registry,
      BackplaneHubContext<C> hubContext,
      Surroundings surroundings) {
    this.type = type;
    this.settings = settings;
    this.protocols = List.copyOf(protocols);
    this.registry = registry;
    this.hubContext = hubContext;
    this.surroundings = surroundings;
    this.errors = new ErrorTexts(settings.detailedErrors());
    this.observations = type.observations();
    this.callbacks = new LifetimeCallbacks(this, type);
  }

  @Override
  public TransportListener onConnected(TransportConnection connection) {
    return new HubConnection(this, connection);
  }

  HubType<? extends Hub<C>, C> type() {
    return type;
  }

  HubSettings settings() {
    return settings;
  }

  List<HubProtocol> protocols() {
    return protocols;
  }

  HubRegistry registry() {
    return registry;
  }

  Backplane backplane() {
    return hubContext.backplane();
  }

  Executor threads() {
    return surroundings.threads();
  }

  LongSupplier nanoClock() {
    return surroundings.nanoClock();
  }

  Waiting.Timer timer() {
    return surroundings.timer();
  }

  ErrorTexts errors() {
    return errors;
  }

  Invoker invoker() {
    return invoker;
  }

  Observations observations() {
    return observations;
  }

  LifetimeCallbacks callbacks() {
    return callbacks;
  }

  /**
   * A hub for one call or callback of this connection. Throws what keeps it from being made.
   *
   * @param caller the connection as that call sees it
   * @param scope not null where the hub needs one
   * @param beforeAsking run when the hub is about to ask a client
   */
  Hub<C> newHub(
      HubConnection connection,
      HubCallerContext caller,
      @Nullable CallScope scope,
      Runnable beforeAsking)
      throws Exception {
    Hub<C> hub = type.newHub(scope);
    hub.bind(
        caller,
        hubContext.clientsFor(connection.connectionId(), beforeAsking),
        hubContext.groups());
    return hub;
  }

  /** What is made for one call or callback. */
  CallScope openScope(HubConnection connection) {
    return new CallScope(type.services(), connection.connectionId());
  }

  /**
   * Whether somebody who shows newer credentials is still the user of a connection ({@code
   * docs/protocol/net11-additions.md} §1.4): by the id under which hubs address it, or where it has
   * none by its own. Any thread.
   */
  boolean isUserOf(CallerContext caller, @Nullable User shown) {
    String shownId;
    try {
      shownId = userId(shown);
    } catch (RuntimeException failure) {
      DispatchLog.userIdFailed(caller.connectionId(), failure);
      return false;
    }
    String addressed = caller.userIdentifier();
    if (addressed == null || addressed.isEmpty()) {
      return (shownId == null || shownId.isEmpty()) && User.isSame(caller.user(), shown);
    }
    return addressed.equals(shownId);
  }

  @Nullable String userId(@Nullable User user) {
    return user == null ? null : settings.userId().apply(user);
  }
}
