package dev.hubwire.transport.longpoll;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.User;
import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.http.HttpConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection that its client fetches ({@code docs/protocol/connections.md} §6): what is sent
 * waits until a poll comes, and a poll waits until something is sent. At most one poll waits; a
 * newer one takes its place.
 *
 * <p>The connection lives on the loop of its first poll; later ones come on any IO thread. No
 * thread belongs to a poll that waits.
 *
 * <p><b>The end.</b> After an orderly close, what was sent before is still there to be fetched; the
 * poll after that is told that it was the last. A client that does not come back in time ends it
 * too.
 */
final class LongPollingConnection extends HttpConnection {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Duration disconnectTimeout;

  /** The poll that waits. Loop thread only, like all that follow. */
  private @Nullable Poll waiting;

  private long waitingSinceNanos;

  /** When the client was last seen, while no poll waits. */
  private long lastSeenNanos;

  private boolean applicationFailed;

  LongPollingConnection(Identity identity, Duration disconnectTimeout) {
    super(identity, Transport.LONG_POLLING);
    this.disconnectTimeout = disconnectTimeout;
  }

  /**
   * Answers the first poll at once, which tells the client that it is connected. In a turn of the
   * loop.
   */
  void open(ConnectionHandler handler, Poll first) {
    loop().add(this);
    lastSeenNanos = loop().now();
    first.answer(NOTHING.duplicate());
    join(handler.onConnected(this));
  }

  /**
   * Takes the next poll. Any thread.
   *
   * @param user whom it came from; with a newer token, the connection may live longer
   */
  void poll(Poll poll, @Nullable User user) {
    inTurn(
        () -> {
          authenticatedAs(user);
          accept(poll);
        });
  }

  @Override
  protected int sizeOf(SharedPayload payload) {
    return payload.size();
  }

  /**
   * Between polls nothing is being written; a client that stays away is the disconnect time-out's.
   */
  @Override
  protected boolean hasUnwritten() {
    return false;
  }

  @Override
  protected void flush() {
    Poll poll = waiting;
    if (poll == null || state() == State.CLOSED) {
      return;
    }
    if (!outbox().isEmpty()) {
      answered();
      poll.answer(takeAll());
      outbox().wakeIfDrained();
    } else if (applicationFailed) {
      answered();
      poll.answer(Answer.APPLICATION_FAILED);
    } else if (state() == State.CLOSING) {
      answered();
      poll.answer(Answer.POLL_ENDED);
      finish(CloseReason.SERVER_CLOSED, null);
    }
  }

  @Override
  protected void tick(long nowNanos) {
    Poll poll = waiting;
    if (poll != null && nowNanos - waitingSinceNanos >= options().pollTimeout().toNanos()) {
      answered();
      poll.answer(Answer.POLL_TIMED_OUT);
    } else if (poll == null && nowNanos - lastSeenNanos > disconnectTimeout.toNanos()) {
      finish(CloseReason.DISCONNECT_TIMEOUT, null);
      return;
    }
    super.tick(nowNanos);
  }

  @Override
  protected void sayGoodbye(CloseReason reason, boolean failed) {
    applicationFailed = failed;
    refuseUploads();
    if (reason == CloseReason.CLIENT_CLOSED && waiting == null) {
      // A client that deleted the connection comes back for nothing.
      inTurn(() -> finish(reason, null));
    }
  }

  @Override
  protected void letGo() {
    refuseUploads();
    if (waiting != null) {
      waiting.answer(applicationFailed ? Answer.APPLICATION_FAILED : Answer.POLL_ENDED);
      waiting = null;
    }
  }

  private void accept(Poll poll) {
    if (state() == State.CLOSED) {
      poll.answer(Answer.GONE);
      return;
    }
    if (waiting != null) {
      waiting.answer(Answer.POLL_ENDED);
    }
    waiting = poll;
    waitingSinceNanos = loop().now();
    poll.whenGone(() -> inTurn(() -> left(poll)));
    loop().markDirty(this);
  }

  private void left(Poll poll) {
    if (poll.equals(waiting)) {
      answered();
    }
  }

  /** No poll waits any more, and the client has some time to come back. */
  private void answered() {
    waiting = null;
    lastSeenNanos = loop().now();
  }

  private ByteBuffer takeAll() {
    int size = 0;
    for (SharedPayload payload : outbox().payloads()) {
      size += payload.size();
    }
    ByteBuffer content = ByteBuffer.allocate(size);
    SharedPayload next;
    while ((next = outbox().peek()) != null) {
      content.put(next.content());
      outbox().removeFirst(next.size());
    }
    return content.flip();
  }
}
