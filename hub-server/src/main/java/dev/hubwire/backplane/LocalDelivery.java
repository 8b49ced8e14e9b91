package dev.hubwire.backplane;

import dev.hubwire.protocol.HubMessage;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one hub on this server, as a backplane sees them. Safe for use by any thread.
 * Calls of one thread take effect in order, and a group change takes effect before every message
 * that any thread delivers after the call returned.
 */
public interface LocalDelivery {
  /** Whether this connection is here, so that a message for it need not travel. */
  boolean holds(String connectionId);

  /**
   * Sends a message to those whom the address means and who are connected here. May wait, unless
   * called on a lane, while a receiver is congested.
   *
   * @throws dev.hubwire.protocol.SerializationException if the message cannot be written; nobody
   *     receives it then
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits;
   *     nobody receives it then
   */
  void deliver(Address address, HubMessage.Invocation message);

  /**
   * As {@link #deliver(Address, HubMessage.Invocation)}, for a message that another server has
   * written. A congested receiver is not waited for: it is treated as one that a lane sends to. A
   * receiver whose protocol the message was not written in cannot go on, and is cut off.
   */
  void deliver(Address address, EncodedInvocation message);

  /** Whether the calling thread may wait for others: not on a lane. */
  boolean mayWait();

  /**
   * Adds a connection to a group, if it is here.
   *
   * @return whether it is
   */
  boolean addToGroup(String connectionId, String groupName);

  /**
   * Removes a connection from a group, if it is here.
   *
   * @return whether it is; also true if it was no member
   */
  boolean removeFromGroup(String connectionId, String groupName);

  /**
   * As {@link Backplane#invoke} for a connection that is here.
   *
   * @param message with an invocation id that no call waits under, on any server; no number, for
   *     clients choose those for uploads
   */
  CompletableFuture<@Nullable Object> invoke(
      String connectionId, HubMessage.Invocation message, Type resultType);

  /**
   * Waits for the answer to a call that another server makes and that is delivered right
   * afterwards. The future completes with what that server is to get, whatever happens: the
   * client's answer, or an error in the client's protocol if its connection ends before, or has a
   * call with this id already ({@code docs/protocol/backplane.md} §7). Cancelling it forgets the
   * call. May complete on a lane.
   *
   * @return null if the connection is not here
   */
  @Nullable CompletableFuture<RawCompletion> awaitRawResult(
      String connectionId, String invocationId);

  /** The connections here that an address means, each once. May complete on a lane. */
  CompletableFuture<Set<String>> connectionIds(Address address);
}
