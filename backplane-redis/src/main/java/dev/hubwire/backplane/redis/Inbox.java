package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.EncodedInvocation;
import dev.hubwire.backplane.LocalDelivery;
import dev.hubwire.backplane.RawCompletion;
import dev.hubwire.backplane.redis.Channels.Purpose;
import dev.hubwire.backplane.redis.RedisCodec.MalformedMessageException;
import dev.hubwire.backplane.redis.RedisMessage.GroupCommand;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What messages of Redis do here. On the client's IO thread, where nothing waits but for lanes that
 * are busy; a message that cannot be handled leaves those after it alone.
 */
final class Inbox {
  private final String hubName;
  private final Channels channels;
  private final LocalDelivery local;
  private final Members members;
  private final Echoes echoes;
  private final PendingAcks acks;
  private final RemoteCalls calls;
  private final BiConsumer<String, Integer> acknowledge;
  private final Answers answers;

  /**
   * @param acknowledge tells a server that its group command with this id was carried out
   */
  Inbox(
      HubState state,
      LocalDelivery local,
      BiConsumer<String, Integer> acknowledge,
      Answers answers) {
    this.hubName = state.hubName();
    this.channels = state.channels();
    this.members = state.members();
    this.echoes = state.echoes();
    this.acks = state.acks();
    this.calls = state.calls();
    this.local = local;
    this.acknowledge = acknowledge;
    this.answers = answers;
  }

  void receive(String channel, byte[] payload) {
    try {
      Purpose purpose = channels.purposeOf(channel);
      if (purpose != null && !echoes.arrived(channel, payload)) {
        handle(purpose, payload);
      }
    } catch (MalformedMessageException e) {
      RedisLog.malformed(hubName, channel, e);
    } catch (RuntimeException e) {
      RedisLog.receivingFailed(hubName, channel, e);
    }
  }

  private void handle(Purpose purpose, byte[] payload) throws MalformedMessageException {
    switch (purpose) {
      case Purpose.All() -> {
        RedisMessage.Invocation message = RedisCodec.readInvocation(payload);
        deliver(new Address.All(excluded(message)), message);
      }
      case Purpose.Group(String name) -> {
        RedisMessage.Invocation message = RedisCodec.readInvocation(payload);
        deliver(new Address.Group(name, excluded(message)), message);
      }
      case Purpose.User(String id) ->
          deliver(new Address.Users(Set.of(id)), RedisCodec.readInvocation(payload));
      case Purpose.Connection(String id) -> deliver(id, RedisCodec.readInvocation(payload));
      case Purpose.GroupCommands() -> changeGroup(RedisCodec.readGroupCommand(payload));
      case Purpose.Acks() -> acks.acknowledged(RedisCodec.readAck(payload).id());
      case Purpose.Returns() -> calls.answered(RedisCodec.readCompletion(payload));
    }
  }

  private static Set<String> excluded(RedisMessage.Invocation message) {
    return Set.copyOf(message.excludedConnectionIds());
  }

  /** Who waits for the answer does so before it can come. */
  private void deliver(String connectionId, RedisMessage.Invocation message) {
    RedisMessage.Reply reply = message.reply();
    if (reply != null && !reply.invocationId().isEmpty()) {
      CompletableFuture<RawCompletion> answer =
          local.awaitRawResult(connectionId, reply.invocationId());
      if (answer != null) {
        answers.forward(answer, reply.returnChannel());
      }
    }
    deliver(new Address.Connections(Set.of(connectionId)), message);
  }

  private void deliver(Address address, RedisMessage.Invocation message) {
    local.deliver(address, new EncodedInvocation(message.records()));
  }

  private static @Nullable CompletableFuture<@Nullable Void> doneIf(boolean isHere) {
    return isHere ? CompletableFuture.completedFuture(null) : null;
  }

  /** Only who holds the connection does it, and says so when it has taken effect. */
  private void changeGroup(GroupCommand command) {
    String id = command.connectionId();
    CompletableFuture<@Nullable Void> done =
        switch (command.action()) {
          case GroupCommand.ADD -> members.join(id, command.group());
          case GroupCommand.REMOVE -> doneIf(members.leave(id, command.group()));
          default -> doneIf(members.contains(id));
        };
    if (done != null) {
      var unused = done.thenRun(() -> acknowledge.accept(command.serverName(), command.id()));
    }
  }
}
