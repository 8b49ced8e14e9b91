package dev.hubwire.transport.longpoll;

import static java.util.Objects.requireNonNull;

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
 * newer one takes its place. What was sent leaves the outbox when the socket has taken all of the
 * answer with it, so a poll that is cut off loses nothing; until then a newer poll waits.
 *
 * <p>The connection lives on the loop of its first poll; later ones come on any IO thread. No
 * thread belongs to a poll that waits.
 *
 * <p><b>The end.</b> After an orderly close, what was sent before is still there to be fetched; the
 * poll after that is told that it was the last. A client that does not come back in time ends it
 * too.
 */
final class LongPollingConnection extends HttpConnection {
  private final Duration disconnectTimeout;

  /** The poll that waits. Loop thread only, like all that follow. */
  private @Nullable Poll waiting;

  private long waitingSinceNanos;

  /** The poll that is being answered with content. */
  private @Nullable Poll delivering;

  /** How many payloads of the outbox it is answered with. */
  private int deliveringPayloads;

  /** When the client was last seen, while there is no poll. */
  private long lastSeenNanos;

  private boolean applicationFailed;

  /** The client has ended the connection, and comes back for nothing. */
  private boolean deleted;

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
    first.answerEmpty();
    join(handler.onConnected(this));
  }

  /**
   * Takes the next poll. Any thread.
   *
   * @param user whom it came from; with a newer token, the connection may live longer where
   *     authentications are not refreshed
   */
  void poll(Poll poll, @Nullable User user) {
    inTurn(
        () -> {
          sawInPassing(user);
          accept(poll);
        });
  }

  @Override
  protected int sizeOf(SharedPayload payload) {
    // Even nothing takes room in the queue.
    return Math.max(1, payload.size());
  }

  /**
   * Between polls nothing is being written; a client that stays away is the disconnect time-out's.
   */
  @Override
  protected boolean hasUnwritten() {
    return delivering != null;
  }

  @Override
  protected void flush() {
    Poll poll = waiting;
    if (poll == null || delivering != null || state() == State.CLOSED) {
      return;
    }
    if (!outbox().isEmpty()) {
      deliver(poll);
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
    } else if (poll == null
        && delivering == null
        && nowNanos - lastSeenNanos > disconnectTimeout.toNanos()) {
      finish(CloseReason.DISCONNECT_TIMEOUT, null);
      return;
    } else if (delivering != null && delivering.madeProgress()) {
      madeProgress();
    }
    super.tick(nowNanos);
  }

  @Override
  protected void sayGoodbye(CloseReason reason, boolean failed) {
    applicationFailed = failed;
    refuseUploads();
    if (reason == CloseReason.CLIENT_CLOSED) {
      clientClosed();
    }
  }

  /** What a poll waits for, or is being answered with, is still sent. */
  @Override
  protected void clientClosed() {
    deleted = true;
    if (waiting == null && delivering == null) {
      inTurn(this::finishIfDeleted);
    }
  }

  @Override
  protected void letGo() {
    refuseUploads();
    if (waiting != null) {
      waiting.answer(applicationFailed ? Answer.APPLICATION_FAILED : Answer.POLL_ENDED);
      waiting = null;
    }
    if (delivering != null) {
      delivering.cut();
      delivering = null;
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
    poll.watch(taken -> ended(poll, taken));
    loop().markDirty(this);
  }

  private void deliver(Poll poll) {
    waiting = null;
    delivering = poll;
    madeProgress();
    poll.deliver(copyAll());
  }

  /**
   * A poll has ended, by an answer or because its client left. Any thread.
   *
   * @param taken whether the socket took all of the content it was answered with
   */
  private void ended(Poll poll, boolean taken) {
    inTurn(
        () -> {
          if (poll.equals(waiting)) {
            answered();
            finishIfDeleted();
          } else if (poll.equals(delivering)) {
            delivered(taken);
            finishIfDeleted();
          }
        });
  }

  private void delivered(boolean taken) {
    delivering = null;
    lastSeenNanos = loop().now();
    for (; taken && deliveringPayloads > 0; deliveringPayloads--) {
      outbox().removeFirst(sizeOf(requireNonNull(outbox().peek())));
    }
    outbox().wakeIfDrained();
    loop().markDirty(this);
  }

  private void finishIfDeleted() {
    if (deleted) {
      finish(CloseReason.CLIENT_CLOSED, null);
    }
  }

  /** No poll waits any more, and the client has some time to come back. */
  private void answered() {
    waiting = null;
    lastSeenNanos = loop().now();
  }

  private ByteBuffer copyAll() {
    int size = 0;
    deliveringPayloads = 0;
    for (SharedPayload payload : outbox().payloads()) {
      size = Math.addExact(size, payload.size());
      deliveringPayloads++;
    }
    ByteBuffer content = ByteBuffer.allocate(size);
    outbox().payloads().forEach(payload -> content.put(payload.content()));
    return content.flip();
  }
}
