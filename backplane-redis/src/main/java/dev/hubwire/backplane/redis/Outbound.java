package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.EncodedInvocation;
import dev.hubwire.backplane.LocalDelivery;
import dev.hubwire.backplane.redis.Echoes.Echo;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what is sent ({@code docs/protocol/backplane.md} §5), and sees to it that the
 * connections here get it whatever becomes of Redis. Thread-safe; never waits.
 */
final class Outbound {
  private final Channels channels;
  private final Echoes echoes;
  private final Subscriptions subscriptions;
  private final LocalDelivery local;
  private final Supplier<@Nullable RedisSession> session;

  Outbound(
      HubState state,
      Subscriptions subscriptions,
      LocalDelivery local,
      Supplier<@Nullable RedisSession> session) {
    this.channels = state.channels();
    this.echoes = state.echoes();
    this.subscriptions = subscriptions;
    this.local = local;
    this.session = session;
  }

  /**
   * Sends a message to whomever the address means.
   *
   * @return fails if connections of other servers may not get it
   */
  CompletableFuture<?> publish(Address address, EncodedInvocation message) {
    List<CompletableFuture<?>> sent = new ArrayList<>(1);
    for (Parcel parcel : parcels(address, message)) {
      sent.add(publish(parcel));
    }
    return sent.size() == 1
        ? sent.getFirst()
        : CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
  }

  /**
   * Publishes something that no connection gets as it is.
   *
   * @return completes with whom it reached
   */
  CompletableFuture<Reach> send(String channel, byte[] payload) {
    RedisSession current = session.get();
    return current == null
        ? CompletableFuture.failedFuture(new AwayException())
        : current.publish(channel, payload).toCompletableFuture();
  }

  /** Delivers here what Redis will not bring back any more. */
  void deliverLost() {
    echoes.lostAll().forEach(this::deliverHere);
  }

  private CompletableFuture<Reach> publish(Parcel parcel) {
    RedisSession current = session.get();
    boolean wantedHere = subscriptions.isWanted(parcel.channel());
    if (current == null) {
      if (wantedHere) {
        deliverHere(parcel);
      }
      return CompletableFuture.failedFuture(new AwayException());
    }
    Echo echo = wantedHere ? echoes.expect(parcel) : null;
    CompletableFuture<Reach> sent =
        current.publish(parcel.channel(), parcel.payload()).toCompletableFuture();
    return echo == null
        ? sent
        : sent.whenComplete((reach, failure) -> published(parcel, echo, failure));
  }

  private void published(Parcel parcel, Echo echo, @Nullable Throwable failure) {
    if (failure == null) {
      echoes.accepted(echo);
    } else if (isRefusal(failure) ? echoes.refused(echo) : echoes.lost(echo)) {
      deliverHere(parcel);
    }
  }

  /** Whether Redis answered that it does not do it. */
  private static boolean isRefusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RedisCommandExecutionException;
  }

  private void deliverHere(Parcel parcel) {
    local.deliver(parcel.address(), parcel.message());
  }

  /** One for each channel; names and ids that are empty are skipped. */
  private List<Parcel> parcels(Address address, EncodedInvocation message) {
    return switch (address) {
      case Address.All(Set<String> excluded) ->
          List.of(parcel(channels.all(), excluded, address, message));
      case Address.Group(String name, Set<String> excluded) ->
          name.isEmpty()
              ? List.of()
              : List.of(parcel(channels.group(name), excluded, address, message));
      case Address.Groups(List<String> names) ->
          names.stream()
              .filter(name -> !name.isEmpty())
              .map(
                  name ->
                      parcel(
                          channels.group(name),
                          Set.of(),
                          new Address.Group(name, Set.of()),
                          message))
              .toList();
      case Address.Users(Set<String> ids) ->
          ids.stream()
              .filter(id -> !id.isEmpty())
              .map(
                  id -> parcel(channels.user(id), Set.of(), new Address.Users(Set.of(id)), message))
              .toList();
      case Address.Connections(Set<String> ids) ->
          ids.stream()
              .map(
                  id ->
                      parcel(
                          channels.connection(id),
                          Set.of(),
                          new Address.Connections(Set.of(id)),
                          message))
              .toList();
    };
  }

  private static Parcel parcel(
      String channel, Set<String> excluded, Address address, EncodedInvocation message) {
    RedisMessage.Invocation invocation =
        new RedisMessage.Invocation(List.copyOf(excluded), message.records(), null);
    return new Parcel(channel, RedisCodec.write(invocation), address, message);
  }
}
