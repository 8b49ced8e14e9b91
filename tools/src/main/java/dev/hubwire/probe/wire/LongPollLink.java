package dev.hubwire.probe.wire;

import dev.hubwire.negotiation.token.ConnectionToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request that waits for data from the server, and a POST for each batch to it. */
public final class LongPollLink implements Link {
  private static final Received NOTHING = new Received.Nothing();

  private final Visitor visitor;
  private final ConnectionToken token;

  /** The poll that waits, if one does. Owned by the thread that uses the link. */
  private @Nullable CompletableFuture<Answer> poll;

  private LongPollLink(Visitor visitor, ConnectionToken token) {
    this.visitor = visitor;
    this.token = token;
  }

  /**
   * Opens one by its first poll, which servers answer at once.
   *
   * @throws RefusedException if that is answered with anything but 200
   */
  public static LongPollLink open(Visitor visitor, ConnectionToken token)
      throws IOException, InterruptedException {
    Answer first = visitor.poll(token);
    if (first.status() != 200) {
      throw new RefusedException("the first poll", first);
    }
    return new LongPollLink(visitor, token);
  }

  /** Sends a poll now that the next {@link #receive} waits for, unless one waits already. */
  public void park() {
    if (poll == null) {
      poll = visitor.sendAsync(visitor.request(visitor.destination().connection(token)).GET());
    }
  }

  @Override
  public void send(byte[] bytes) throws IOException, InterruptedException {
    visitor.deliver(token, bytes);
  }

  @Override
  public Received receive(Duration limit) throws InterruptedException {
    park();
    CompletableFuture<Answer> waiting = poll;
    if (waiting == null) {
      return NOTHING;
    }
    try {
      Answer answer = waiting.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      poll = null;
      return answer.status() == 200
          ? new Received.Data(ByteBuffer.wrap(answer.body()).asReadOnlyBuffer())
          : new Received.Ended("the poll was answered " + answer);
    } catch (TimeoutException e) {
      return NOTHING;
    } catch (ExecutionException e) {
      poll = null;
      return new Received.Ended("the poll was cut (" + Visitor.asIoException(e).getMessage() + ")");
    }
  }

  /** Ends the connection as clients do, so that none stays at the server. */
  @Override
  public void close() {
    if (poll != null) {
      poll.cancel(true);
    }
    try {
      visitor.delete(token);
    } catch (IOException e) {
      // It ends by the server's time-out then.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
