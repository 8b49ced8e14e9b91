package dev.hubwire.hub;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base of every hub: its public methods are what clients call. An instance is made for each
 * call, so fields keep nothing between calls; what belongs to a connection goes into {@link
 * HubCallerContext#items()}. It is closed after the call if it is {@link AutoCloseable}, unless it
 * belongs to a container.
 *
 * <p>Methods run on virtual threads and may block. Those of one connection run one after another
 * unless the hub allows more.
 *
 * @param <C> the client's methods as an interface, or {@link ClientProxy} to call them by name
 */
public abstract class Hub<C> {
  private @Nullable HubCallerContext context;
  private @Nullable HubCallerClients<C> clients;
  private @Nullable GroupManager groups;

  /** The connection that calls. */
  protected final HubCallerContext context() {
    return bound(context);
  }

  /** Whom messages can be sent to. */
  protected final HubCallerClients<C> clients() {
    return bound(clients);
  }

  /** Who belongs to which group. */
  protected final GroupManager groups() {
    return bound(groups);
  }

  /**
   * A client has connected; nothing it sends is handled before this returns.
   *
   * @throws Exception any failure closes the connection, and {@link #onDisconnected} is not called
   */
  public void onConnected() throws Exception {}

  /**
   * A connection is over; {@link HubCallerContext#closeReason} says how that came. It is still in
   * its groups, but nothing sent to it arrives.
   *
   * @param error why, or null for a normal end
   */
  public void onDisconnected(@Nullable Throwable error) throws Exception {}

  /**
   * A client showed newer credentials, and {@link HubCallerContext#user()} has them. It takes its
   * turn like a call of the client: it waits for those that run, and later ones wait for it. When
   * several refreshes wait, one call stands for all of them.
   *
   * @throws Exception any failure is logged; neither the client nor its connection notices
   */
  public void onAuthenticationRefreshed() throws Exception {}

  /**
   * Gives the hub its surroundings, once, before it is used. The server does this for each call; a
   * test of a hub does it with surroundings of its own. Clients cannot call it.
   */
  public final void bind(
      HubCallerContext context, HubCallerClients<C> clients, GroupManager groups) {
    if (this.context != null) {
      throw new IllegalStateException(
          getClass().getName() + " is in use already: a hub is made new for each call");
    }
    this.context = Objects.requireNonNull(context, "context");
    this.clients = Objects.requireNonNull(clients, "clients");
    this.groups = Objects.requireNonNull(groups, "groups");
  }

  private static <T> T bound(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(
          "a hub's context, clients and groups exist inside its methods, not in its constructor");
    }
    return value;
  }
}
