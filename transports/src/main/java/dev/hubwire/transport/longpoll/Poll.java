package dev.hubwire.transport.longpoll;

import dev.hubwire.transport.endpoint.Answer;
import dev.hubwire.transport.http.Departure;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.channels.StreamSinkChannel;

/**
 * One request that waits for something to answer with. It is answered once; its exchange is touched
 * on its own IO thread only, in the order of the calls, so every method may be called by any
 * thread.
 */
final class Poll {
  private static final String BYTES = "application/octet-stream";

  /** Bytes written at most with one system call, which copies them first. */
  private static final int MOST_AT_ONCE = 64 * 1024;

  private final HttpServerExchange exchange;

  /** Set by the exchange's thread when the socket takes bytes, cleared by the connection's loop. */
  private final AtomicBoolean progress = new AtomicBoolean();

  /** Whether the socket has taken all of the content. Exchange's thread only. */
  private boolean taken;

  /**
   * Whether the connection has done with it, so that its end is no news. Exchange's thread only.
   */
  private boolean dismissed;

  Poll(HttpServerExchange exchange) {
    this.exchange = exchange;
  }

  /** What became of a poll. */
  @FunctionalInterface
  interface Ending {
    /**
     * @param taken whether all of the content that was delivered has been taken by the socket
     */
    void ended(boolean taken);
  }

  /**
   * Watches for a client that leaves before it has its answer.
   *
   * @param ending told once, on the exchange's thread, when the exchange has ended, unless by one
   *     of the answers without content
   */
  void watch(Ending ending) {
    exchange.getIoThread().execute(() -> Departure.watch(exchange, () -> tell(ending)));
  }

  /** Answers with what was sent to the client. */
  void deliver(ByteBuffer content) {
    onExchange(
        () -> {
          exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, BYTES);
          exchange.setResponseContentLength(content.remaining());
          StreamSinkChannel channel = exchange.getResponseChannel();
          channel.getWriteSetter().set(writable -> write(writable, content));
          write(channel, content);
        });
  }

  /** Answers with nothing, and with the content type of content. */
  void answerEmpty() {
    onExchange(
        () -> {
          exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, BYTES);
          exchange.endExchange();
        });
  }

  void answer(Answer answer) {
    onExchange(
        () -> {
          dismissed = true;
          answer.send(exchange);
        });
  }

  /** Ends it without an answer, or in the middle of one. */
  void cut() {
    onExchange(
        () -> {
          dismissed = true;
          Departure.cut(exchange);
        });
  }

  /** Whether the client has taken something since this was asked last. */
  boolean madeProgress() {
    return progress.getAndSet(false);
  }

  private void tell(Ending ending) {
    if (!dismissed) {
      ending.ended(taken);
    }
  }

  private void write(StreamSinkChannel channel, ByteBuffer content) {
    try {
      while (content.hasRemaining()) {
        int length = Math.min(content.remaining(), MOST_AT_ONCE);
        int count = channel.write(content.slice(content.position(), length));
        if (count == 0) {
          channel.resumeWrites();
          return;
        }
        content.position(content.position() + count);
        progress.set(true);
      }
      taken = true;
      channel.suspendWrites();
      exchange.endExchange();
    } catch (IOException reset) {
      Departure.cut(exchange);
    }
  }

  /** A client that has left needs no answer: the end of its exchange has been told. */
  private void onExchange(Runnable work) {
    exchange
        .getIoThread()
        .execute(
            () -> {
              if (!exchange.isComplete()) {
                work.run();
              }
            });
  }
}
