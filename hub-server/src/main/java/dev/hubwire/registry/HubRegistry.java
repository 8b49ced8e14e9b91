package dev.hubwire.registry;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.EncodedInvocation;
import dev.hubwire.backplane.LocalDelivery;
import dev.hubwire.backplane.RawCompletion;
import dev.hubwire.hub.ClientUnreachableException;
import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.transport.Lane;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.buffer.BufferPool;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to one hub on this server, and how messages reach them.
 *
 * <p>Threads: members are sharded by the lane of their connection. A shard's lists belong to its
 * lane's thread; every change and every delivery is a task of that lane. Only the table of
 * connection ids is shared.
 *
 * <p>Order: what one thread does (group changes, messages to one or to many) is posted to a lane in
 * that order, and lanes keep it. Nothing runs ahead, not even on the lane's own thread.
 *
 * <p>Encoding: a message for many is written once per protocol in use into pooled memory, which
 * receivers share; a message for one goes straight to its connection.
 *
 * <p>Bounds: senders wait, lanes excepted, while a receiver is congested or while {@value
 * #MAX_UNFINISHED_FAN_OUTS} messages for many or {@value #MAX_UNFINISHED_GROUP_CHANGES} group
 * changes are not done yet.
 */
public final class HubRegistry implements LocalDelivery {
  static final int MAX_UNFINISHED_FAN_OUTS = 64;
  static final int MAX_UNFINISHED_GROUP_CHANGES = 1024;

  private final Lanes lanes;
  private final BufferPool pool;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<Lane, Shard> shardsByLane = new ConcurrentHashMap<>();
  private final List<Shard> shards = new CopyOnWriteArrayList<>();
  private final ProtocolsInUse protocols = new ProtocolsInUse();
  private final Congestion congestion = new Congestion();
  private final ClientResults results = new ClientResults();
  private final Backlog fanOuts;
  private final Backlog groupChanges;

  /**
   * @param lanes shared by all hubs of a server
   * @param pool lends the memory of messages for many
   */
  public HubRegistry(Lanes lanes, BufferPool pool) {
    this.lanes = lanes;
    this.pool = pool;
    this.fanOuts = new Backlog(MAX_UNFINISHED_FAN_OUTS, lanes);
    this.groupChanges = new Backlog(MAX_UNFINISHED_GROUP_CHANGES, lanes);
  }

  /**
   * Lets a member take part: from now on messages reach it. On the lane of its connection.
   *
   * @throws IllegalStateException if its connection id is taken
   */
  public void add(HubMember member) {
    Shard shard = shardOf(member.connection().lane());
    requireOnLane(shard.lane());
    Entry entry = new Entry(member, shard);
    if (entries.putIfAbsent(entry.connectionId(), entry) != null) {
      throw new IllegalStateException(entry.connectionId() + " is registered already");
    }
    protocols.add(entry.protocol());
    shard.add(entry);
  }

  /**
   * Ends what {@link #add} began, all memberships with it. On the lane of its connection. Does
   * nothing if the member is not registered.
   */
  public void remove(HubMember member) {
    requireOnLane(member.connection().lane());
    Entry entry = entries.get(member.connectionId());
    if (entry == null || !entry.member().equals(member)) {
      return;
    }
    end(entry);
    entry.shard().remove(entry);
    protocols.remove(entry.protocol());
    entries.remove(entry.connectionId(), entry);
    congestion.forget(entry);
  }

  /**
   * A member's connection is over: what it was asked stays unanswered. It remains registered until
   * {@link #remove}. On its lane.
   */
  public void connectionIsOver(HubMember member) {
    Entry entry = entries.get(member.connectionId());
    if (entry != null && entry.member().equals(member)) {
      end(entry);
    }
  }

  private void end(Entry entry) {
    entry.end();
    results.connectionIsOver(entry);
  }

  /** What clients were asked and have not answered. */
  public ClientResults results() {
    return results;
  }

  /** The member with this connection id, or null. Any thread. */
  public @Nullable HubMember find(String connectionId) {
    Entry entry = entries.get(connectionId);
    return entry == null ? null : entry.member();
  }

  /** How many members take part. Any thread. */
  public int size() {
    return entries.size();
  }

  /** Whether no trace of any member is left. For tests, while the lanes rest. */
  boolean isEmpty() {
    return entries.isEmpty()
        && results.isEmpty()
        && protocols.all().isEmpty()
        && congestion.isEmpty()
        && shards.stream().allMatch(Shard::isEmpty);
  }

  @Override
  public boolean holds(String connectionId) {
    return entries.containsKey(connectionId);
  }

  @Override
  public void deliver(Address address, HubMessage.Invocation message) {
    if (!congestion.isEmpty() && mayWait()) {
      congestion.awaitRoom(address);
    }
    deliver(address, new MessageSource.Written(message));
  }

  @Override
  public void deliver(Address address, EncodedInvocation message) {
    deliver(address, new MessageSource.Copied(message));
  }

  @Override
  public boolean mayWait() {
    return !lanes.isCurrent();
  }

  private void deliver(Address address, MessageSource message) {
    if (address instanceof Address.Connections(Set<String> ids)) {
      deliver(ids, message);
    } else {
      fanOut(
          message,
          protocols.all(),
          inhabitedShards(),
          (shard, visitor) -> shard.forEach(address, visitor));
    }
  }

  @Override
  public boolean addToGroup(String connectionId, String groupName) {
    return changeGroup(connectionId, entry -> entry.shard().join(entry, groupName));
  }

  @Override
  public boolean removeFromGroup(String connectionId, String groupName) {
    return changeGroup(connectionId, entry -> entry.leave(groupName));
  }

  @Override
  public CompletableFuture<@Nullable Object> invoke(
      String connectionId, HubMessage.Invocation message, Type resultType) {
    Entry entry = entries.get(connectionId);
    if (entry == null) {
      return CompletableFuture.failedFuture(ClientUnreachableException.unknown(connectionId));
    }
    CompletableFuture<@Nullable Object> result =
        results.await(entry, Objects.requireNonNull(message.invocationId()), resultType);
    if (result.isDone()) {
      return result;
    }
    try {
      deliver(new Address.Connections(Set.of(connectionId)), message);
    } catch (RuntimeException | Error e) {
      result.cancel(false);
      throw e;
    }
    return result;
  }

  @Override
  public @Nullable CompletableFuture<RawCompletion> awaitRawResult(
      String connectionId, String invocationId) {
    Entry entry = entries.get(connectionId);
    return entry == null ? null : results.awaitRaw(entry, invocationId);
  }

  @Override
  public CompletableFuture<Set<String>> connectionIds(Address address) {
    Set<String> found = ConcurrentHashMap.newKeySet();
    if (address instanceof Address.Connections(Set<String> ids)) {
      ids.stream().filter(this::holds).forEach(found::add);
      return CompletableFuture.completedFuture(found);
    }
    List<CompletableFuture<?>> visits = new ArrayList<>();
    for (Shard shard : inhabitedShards()) {
      CompletableFuture<@Nullable Void> visited = new CompletableFuture<>();
      visits.add(visited);
      post(
          shard.lane(),
          () -> {
            shard.forEach(address, entry -> found.add(entry.connectionId()));
            visited.complete(null);
          },
          () -> visited.complete(null));
    }
    return CompletableFuture.allOf(visits.toArray(CompletableFuture<?>[]::new))
        .thenApply(unused -> found);
  }

  private void deliver(Set<String> connectionIds, MessageSource message) {
    List<Entry> receivers = new ArrayList<>(connectionIds.size());
    for (String id : connectionIds) {
      Entry entry = entries.get(id);
      if (entry != null) {
        receivers.add(entry);
      }
    }
    if (receivers.size() == 1) {
      deliver(receivers.getFirst(), message.single(receivers.getFirst().protocol()));
      return;
    }
    Set<HubProtocol> spoken = new HashSet<>();
    Map<Shard, List<Entry>> byShard = new HashMap<>();
    for (Entry entry : receivers) {
      spoken.add(entry.protocol());
      byShard.computeIfAbsent(entry.shard(), key -> new ArrayList<>()).add(entry);
    }
    fanOut(
        message,
        spoken,
        byShard.keySet(),
        (shard, visitor) ->
            byShard.getOrDefault(shard, List.of()).stream()
                .filter(Entry::isRegistered)
                .forEach(visitor));
  }

  private void deliver(Entry receiver, @Nullable SharedPayload payload) {
    if (payload == null) {
      receiver.cutOffForeign();
    } else {
      congestion.after(receiver.connection().send(payload), receiver);
    }
  }

  /** The lanes that have members: who enters another one now comes after this message. */
  private List<Shard> inhabitedShards() {
    List<Shard> inhabited = new ArrayList<>(shards.size());
    for (Shard shard : shards) {
      if (shard.size() > 0) {
        inhabited.add(shard);
      }
    }
    return inhabited;
  }

  /**
   * Writes the message and posts it to the lanes.
   *
   * @param receivers visits, on a shard's lane, those whom the message is for
   */
  private void fanOut(
      MessageSource message,
      Collection<HubProtocol> spoken,
      Collection<Shard> destinations,
      BiConsumer<Shard, Consumer<Entry>> receivers) {
    if (destinations.isEmpty()) {
      return;
    }
    boolean place = fanOuts.begin();
    FanOut fanOut;
    try {
      EncodedMessage encoded = EncodedMessage.of(message, spoken, pool);
      fanOut = new FanOut(encoded, destinations.size(), congestion, () -> fanOuts.end(place));
    } catch (RuntimeException | Error e) {
      fanOuts.end(place);
      throw e;
    }
    for (Shard shard : destinations) {
      post(shard.lane(), () -> fanOut.runOn(shard, receivers), fanOut::laneDone);
    }
  }

  private boolean changeGroup(String connectionId, Consumer<Entry> change) {
    Entry entry = entries.get(connectionId);
    if (entry == null) {
      return false;
    }
    boolean place = groupChanges.begin();
    post(
        entry.shard().lane(),
        () -> {
          try {
            change.accept(entry);
          } finally {
            groupChanges.end(place);
          }
        },
        () -> groupChanges.end(place));
    return true;
  }

  private static void post(Lane lane, Runnable task, Runnable otherwise) {
    try {
      lane.execute(task);
    } catch (RejectedExecutionException e) {
      RegistryLog.laneRefused(e);
      otherwise.run();
    }
  }

  private Shard shardOf(Lane lane) {
    return shardsByLane.computeIfAbsent(
        lane,
        key -> {
          Shard shard = new Shard(key);
          lanes.add(key);
          shards.add(shard);
          return shard;
        });
  }

  private static void requireOnLane(Lane lane) {
    if (!lane.isCurrent()) {
      throw new IllegalStateException("called off the lane of the connection");
    }
  }
}
