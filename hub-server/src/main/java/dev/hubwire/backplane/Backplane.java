package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How messages and group changes of one hub reach the connections they are for, on whichever server
 * those are. Safe for use by any thread. Calls of one thread take effect in order.
 */
public interface Backplane {
  /**
   * Sends a message to whomever the address means.
   *
   * @throws dev.hubwire.protocol.SerializationException if the message cannot be written; nobody
   *     receives it then
   */
  void publish(Address address, HubMessage.Invocation message);

  /** Adds a connection, here or elsewhere, to a group. */
  void addToGroup(String connectionId, String groupName);

  /** Removes a connection, here or elsewhere, from a group. */
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
}
