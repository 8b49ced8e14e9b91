package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How messages and group changes of one hub reach the connections they are for, on whichever server
 * those are. Safe for use by any thread. Calls of one thread take effect in order; those of a lane,
 * which may not wait, do so only as far as their effects here are concerned.
 */
public interface Backplane extends AutoCloseable {
  /**
   * A connection takes part in the hub here from now on. On its lane, after {@link LocalDelivery}
   * knows it; never waits.
   *
   * @param userId by which its user is addressed; null or empty for a connection without one
   * @return completes, and never with a failure, when messages of other servers reach it too, or
   *     cannot for the time being
   */
  default CompletionStage<@Nullable Void> connected(String connectionId, @Nullable String userId) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Ends what {@link #connected} began, group memberships with it. On the lane of the connection,
   * after {@link LocalDelivery} forgot it; never waits.
   */
  default void disconnected(String connectionId) {}

  /**
   * Sends a message to whomever the address means.
   *
   * @throws dev.hubwire.protocol.SerializationException if the message cannot be written; nobody
   *     receives it then
   * @throws BackplaneException if connections of other servers may not have received it
   */
  void publish(Address address, HubMessage.Invocation message);

  /**
   * Adds a connection, here or elsewhere, to a group.
   *
   * @throws BackplaneException if no server is known to have done it
   */
  void addToGroup(String connectionId, String groupName);

  /**
   * Removes a connection, here or elsewhere, from a group.
   *
   * @throws BackplaneException if no server is known to have done it
   */
  void removeFromGroup(String connectionId, String groupName);

  /**
   * Calls a method of one client, here or elsewhere, and waits for no answer: the future is for it.
   * It may complete on any thread, a lane included, so what hangs on it must not block. Whoever
   * wants the answer no longer completes or cancels the future; the call is forgotten then, and a
   * late answer ignored.
   *
   * <p>It fails with a {@link dev.hubwire.hub.HubException} if the client answers with an error,
   * with nothing, or with something else than the type, and with a {@link
   * dev.hubwire.hub.ClientUnreachableException} if there is no such connection or it ends before.
   * There is no time limit here.
   *
   * @throws dev.hubwire.protocol.SerializationException if the call cannot be written; the client
   *     receives nothing then
   */
  CompletableFuture<@Nullable Object> invoke(String connectionId, ClientCall call);

  /**
   * The connections that an address means, as far as this server can know them: its own, and those
   * elsewhere that the address names. Group changes and messages of the calling thread come before
   * it. May complete on a lane.
   */
  CompletableFuture<Set<String>> connectionIds(Address address);

  /** Leaves the other servers alone. Idempotent. */
  @Override
  default void close() {}
}
