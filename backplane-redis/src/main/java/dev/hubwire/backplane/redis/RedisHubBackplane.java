package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.Backplane;
import dev.hubwire.backplane.BackplaneException;
import dev.hubwire.backplane.ClientCall;
import dev.hubwire.backplane.EncodedInvocation;
import dev.hubwire.backplane.LocalDelivery;
import dev.hubwire.backplane.LocalHub;
import dev.hubwire.backplane.redis.PendingAcks.Pending;
import dev.hubwire.backplane.redis.RedisMessage.GroupCommand;
import dev.hubwire.hub.ClientUnreachableException;
import dev.hubwire.protocol.HubMessage;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One hub of this server on Redis. Messages for all, groups and users travel through Redis even to
 * the connections here, so that every server delivers the messages of a channel in one order; while
 * Redis is away they are delivered here at once.
 *
 * <p>Threads: callers wait until Redis has taken what they publish, so that what one thread does
 * takes effect in order; lanes do not wait.
 */
final class RedisHubBackplane implements Backplane {
  private final LocalHub hub;
  private final LocalDelivery local;
  private final RedisSettings settings;
  private final RedisClients clients;
  private final RedisClients.Shared shared;
  private final Subscriptions subscriptions = new Subscriptions();
  private final HubState state;
  private final Inbox inbox;
  private final Outbound outbound;
  private final RedisLink link;
  private final Owner owner;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Told of what becomes of this. */
  interface Owner {
    /** On the upkeep thread. */
    void healthChanged(String hubName, boolean healthy);

    void closed(RedisHubBackplane hub);
  }

  RedisHubBackplane(LocalHub hub, RedisSettings settings, RedisClients clients, Owner owner) {
    this.hub = hub;
    this.local = hub.connections();
    this.settings = settings;
    this.clients = clients;
    this.owner = owner;
    String name = settings.hubName(hub.hubClass());
    Channels channels = new Channels(settings.channelPrefix(), name, settings.newServerName());
    this.state =
        new HubState(
            name,
            channels,
            new Members(channels, subscriptions, local),
            new Echoes(settings.nanoClock()),
            new PendingAcks(),
            new RemoteCalls(hub.protocols()));
    this.shared = clients.acquire();
    this.link = new RedisLink(shared, settings.addresses(), subscriptions, new Events());
    this.outbound = new Outbound(state, subscriptions, local, link::session);
    this.inbox =
        new Inbox(state, local, this::acknowledge, new Answers(state, outbound, shared.upkeep()));
  }

  /** Joins; waits until that has worked or failed, or some time has passed. */
  RedisHubBackplane start() {
    Channels channels = state.channels();
    var unused = subscriptions.acquire(channels.all());
    unused = subscriptions.acquire(channels.groupCommands());
    unused = subscriptions.acquire(channels.acks());
    unused = subscriptions.acquire(channels.returns());
    link.start(settings.timeout());
    return this;
  }

  /** Its parts, for tests. */
  HubState state() {
    return state;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  boolean isClosed() {
    return closed.get();
  }

  boolean isHealthy() {
    return link.session() != null;
  }

  @Override
  public void publish(Address address, HubMessage.Invocation message) {
    if (address instanceof Address.Connections(Set<String> ids)
        && ids.size() == 1
        && local.holds(ids.iterator().next())) {
      local.deliver(address, message);
      return;
    }
    EncodedInvocation encoded = EncodedInvocation.of(message, hub.protocols());
    CompletableFuture<?> sent = outbound.publish(address, encoded);
    String what = "a message for " + address;
    try {
      await(sent, what);
    } catch (BackplaneException e) {
      if (settings.whenAway() == WhenAway.FAIL) {
        throw e;
      }
      RedisLog.deliveredHereOnly(state.hubName(), what, e.getCause());
    }
  }

  /** Ids are as long and as random as those of the reference, so that no two servers have one. */
  @Override
  public CompletableFuture<@Nullable Object> invoke(String connectionId, ClientCall call) {
    String id = newInvocationId();
    HubMessage.Invocation message = call.message(id);
    if (local.holds(connectionId)) {
      return local.invoke(connectionId, message, call.resultType());
    }
    EncodedInvocation encoded = EncodedInvocation.of(message, hub.protocols());
    Channels channels = state.channels();
    RedisMessage.Reply reply = new RedisMessage.Reply(id, channels.returnsInMessages());
    byte[] payload =
        RedisCodec.write(new RedisMessage.Invocation(List.of(), encoded.records(), reply));
    CompletableFuture<@Nullable Object> result = state.calls().begin(id, call.resultType());
    CompletableFuture<?> asked =
        outbound
            .send(channels.connection(connectionId), payload)
            .handle(
                (@Nullable Reach reach, @Nullable Throwable failure) -> {
                  if (failure != null) {
                    result.completeExceptionally(failed("asking " + connectionId, failure));
                  } else if (reach == Reach.NOBODY) {
                    result.completeExceptionally(ClientUnreachableException.unknown(connectionId));
                  }
                  return reach;
                });
    await(asked, "asking " + connectionId);
    return result;
  }

  private String newInvocationId() {
    UUID random = settings.ids().get();
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(random.getMostSignificantBits())
            .putLong(random.getLeastSignificantBits())
            .array();
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public CompletableFuture<Set<String>> connectionIds(Address address) {
    return address instanceof Address.Connections(Set<String> ids)
        ? CompletableFuture.completedFuture(ids)
        : local.connectionIds(address);
  }

  @Override
  public CompletionStage<@Nullable Void> connected(String connectionId, @Nullable String userId) {
    return state.members().add(connectionId, userId);
  }

  @Override
  public void disconnected(String connectionId) {
    state.members().remove(connectionId);
  }

  @Override
  public void addToGroup(String connectionId, String groupName) {
    CompletableFuture<?> joined = state.members().join(connectionId, groupName);
    if (joined == null) {
      command(GroupCommand.ADD, connectionId, groupName);
    } else {
      await(joined, "joining group " + groupName);
    }
  }

  @Override
  public void removeFromGroup(String connectionId, String groupName) {
    if (!state.members().leave(connectionId, groupName)) {
      command(GroupCommand.REMOVE, connectionId, groupName);
    }
  }

  /** Has the server that holds a connection change a group of it. */
  private void command(int action, String connectionId, String groupName) {
    Pending pending = state.acks().begin();
    GroupCommand command =
        new GroupCommand(
            pending.id(), state.channels().serverName(), action, groupName, connectionId);
    var timer =
        shared
            .upkeep()
            .schedule(
                () -> state.acks().fail(pending.id(), new TimeoutException(unacknowledged())),
                settings.ackTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    var unused =
        outbound
            .send(state.channels().groupCommands(), RedisCodec.write(command))
            .whenComplete(
                (reach, failure) -> {
                  if (failure != null) {
                    state.acks().fail(pending.id(), failure);
                  }
                });
    await(
        pending.done().whenComplete((done, failure) -> timer.cancel(false)),
        "the change of group " + groupName + " for connection " + connectionId);
  }

  private String unacknowledged() {
    return "no server holds the connection, or the one that does has not answered in "
        + settings.ackTimeout();
  }

  /** Tells a server that its group command was carried out. */
  void acknowledge(String serverName, int commandId) {
    var unused =
        outbound
            .send(
                state.channels().acks(serverName),
                RedisCodec.write(new RedisMessage.Ack(commandId)))
            .whenComplete(
                (reach, failure) -> {
                  if (failure != null) {
                    RedisLog.acknowledgementFailed(state.hubName(), serverName, failure);
                  }
                });
  }

  /**
   * Waits for the other servers, unless the thread may not.
   *
   * @throws BackplaneException if it failed
   * @throws CancellationException if the thread is interrupted
   */
  private void await(CompletableFuture<?> outcome, String what) {
    if (!outcome.isDone() && !local.mayWait()) {
      var unused =
          outcome.whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  RedisLog.unwaitedFailure(state.hubName(), what, failure);
                }
              });
      return;
    }
    try {
      outcome.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException interrupted =
          new CancellationException("interrupted while " + what + " was under way");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw failed(what, e);
    }
  }

  private static BackplaneException failed(String what, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new BackplaneException(what + " failed: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      link.close();
      state.acks().failAll(() -> new IllegalStateException("the server is closed"));
      clients.release();
      owner.closed(this);
    }
  }

  private final class Events implements RedisLink.Events {
    @Override
    public void onMessage(String channel, byte[] payload) {
      inbox.receive(channel, payload);
    }

    @Override
    public void onJoined(String address) {
      RedisLog.connected(state.hubName(), address, state.channels().serverName());
      owner.healthChanged(state.hubName(), true);
    }

    @Override
    public void onUnreachable(String address, Throwable cause, boolean first) {
      if (first) {
        RedisLog.cannotConnect(state.hubName(), address, cause);
      } else {
        RedisLog.stillCannotConnect(state.hubName(), address, cause);
      }
    }

    @Override
    public void onAway(Throwable cause) {
      RedisLog.lost(state.hubName(), cause);
      state.acks().failAll(AwayException::new);
      outbound.deliverLost();
      owner.healthChanged(state.hubName(), false);
    }

    @Override
    public void onTick() {
      state.echoes().expire();
    }
  }
}
