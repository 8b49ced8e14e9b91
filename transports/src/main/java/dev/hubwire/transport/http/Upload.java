package dev.hubwire.transport.http;

import static java.util.Objects.requireNonNull;

import dev.hubwire.transport.Limit;
import dev.hubwire.transport.endpoint.Answer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * One POST on its way into a connection. Its body is read piece by piece on the IO thread of its
 * exchange; the next piece is read when the connection has taken the one before, so a connection
 * that does not read stops its client.
 */
final class Upload {
  private static final int PIECE = 16 * 1024;

  private final HttpServerExchange exchange;
  private final HttpConnection connection;
  private final UploadHandler.Terms terms;

  /** Opened with the first piece. Exchange's thread only, like the four that follow. */
  private @Nullable StreamSourceChannel body;

  private long bytes;

  /** How long the client was waited for. */
  private long waitedNanos;

  private boolean answered;

  /** Ends the wait for the client, while there is one. */
  private XnioExecutor.@Nullable Key tooSlow;

  /** What the connection could not take yet. Loop thread only. */
  private byte @Nullable [] held;

  Upload(HttpServerExchange exchange, HttpConnection connection, UploadHandler.Terms terms) {
    this.exchange = exchange;
    this.connection = connection;
    this.terms = terms;
  }

  /** Reads the next piece, or answers if there is none. Any thread. */
  void read() {
    onExchange(this::readPiece);
  }

  /** The connection is over: the rest is not wanted. Any thread. */
  void refuse() {
    onExchange(() -> answer(Answer.GONE));
  }

  /** Too many wait already. Any thread. */
  void refuseForNow() {
    onExchange(() -> answer(Answer.TOO_MANY_UPLOADS));
  }

  void hold(byte[] piece, int length) {
    held = Arrays.copyOf(piece, length);
  }

  boolean isHeld() {
    return held != null;
  }

  byte[] held() {
    byte[] piece = requireNonNull(held, "nothing is held");
    held = null;
    return piece;
  }

  private void onExchange(Runnable work) {
    exchange.getIoThread().execute(work);
  }

  private void readPiece() {
    if (answered) {
      return;
    }
    if (exchange.getRequestContentLength() > terms.limits().maxBytes()) {
      refuseFor(Limit.BODY_BYTES);
      return;
    }
    if (HttpContinue.requiresContinueResponse(exchange)) {
      askForBody();
      return;
    }
    try {
      StreamSourceChannel channel = open();
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      int count = channel.read(piece);
      if (count > 0) {
        bytes += count;
        if (bytes > terms.limits().maxBytes()) {
          refuseFor(Limit.BODY_BYTES);
        } else {
          connection.deliver(this, piece.array(), count);
        }
      } else if (count < 0) {
        answer(Answer.UPLOAD_TAKEN);
      } else {
        awaitMore(channel);
      }
    } catch (IOException broken) {
      // The client gave up, or sent something that is no body. What came before is not taken back.
      answer(Answer.UPLOAD_FAILED);
    }
  }

  /** The client wants to hear that its body is welcome before it sends it (RFC 9110 §10.1.1). */
  private void askForBody() {
    HttpContinue.sendContinueResponse(
        exchange,
        new IoCallback() {
          @Override
          public void onComplete(HttpServerExchange asked, Sender sender) {
            readPiece();
          }

          @Override
          public void onException(HttpServerExchange asked, Sender sender, IOException reset) {
            answer(Answer.UPLOAD_FAILED);
          }
        });
  }

  private StreamSourceChannel open() {
    StreamSourceChannel channel = body;
    if (channel == null) {
      channel = exchange.getRequestChannel();
      body = channel;
    }
    return channel;
  }

  /** Waits for the client, but not without end. */
  private void awaitMore(StreamSourceChannel channel) {
    long since = terms.nanoClock().getAsLong();
    long patience = terms.limits().patienceNanos(bytes) - waitedNanos;
    tooSlow =
        exchange
            .getIoThread()
            .executeAfter(
                () -> {
                  channel.suspendReads();
                  refuseFor(Limit.BODY_PACE);
                },
                Math.max(patience, 1),
                TimeUnit.NANOSECONDS);
    channel
        .getReadSetter()
        .set(
            readable -> {
              readable.suspendReads();
              stopWaiting();
              waitedNanos += terms.nanoClock().getAsLong() - since;
              readPiece();
            });
    channel.resumeReads();
  }

  private void stopWaiting() {
    if (tooSlow != null) {
      tooSlow.remove();
      tooSlow = null;
    }
  }

  private void refuseFor(Limit limit) {
    if (!answered) {
      terms.refusals().count(limit, connection.id(), exchange.getSourceAddress());
      exchange.setPersistent(false);
      answer(Answer.refusedFor(limit));
    }
  }

  private void answer(Answer answer) {
    if (!answered) {
      answered = true;
      stopWaiting();
      answer.send(exchange);
      connection.done(this);
    }
  }
}
