package dev.hubwire.transport.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.http.Departure;
import dev.hubwire.transport.http.HttpConnection;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One event stream, and the POSTs of its client ({@code docs/protocol/connections.md} §4). The
 * exchange of the stream lives on the loop's own thread. There is no way back for a client whose
 * stream is gone, so the connection ends with it.
 *
 * <p>Events are encoded into the loop's buffer, many for one write; what the socket does not take
 * of a batch is kept apart until it does.
 */
final class SseConnection extends HttpConnection {
  /** A comment: it makes proxies and browsers see the response before there is an event. */
  private static final byte[] OPENING = ":\r\n".getBytes(US_ASCII);

  private final HttpServerExchange exchange;

  /** Loop thread only, like all that follow. Null until the stream is open. */
  private @Nullable StreamSinkChannel stream;

  /** Encoded, and not taken by the socket yet. */
  private ByteBuffer unwritten = ByteBuffer.wrap(OPENING);

  private boolean flushed;

  /** Whether the end of the response has been written after everything else. */
  private boolean ended;

  SseConnection(Identity identity, HttpServerExchange exchange) {
    super(identity, Transport.SERVER_SENT_EVENTS);
    this.exchange = exchange;
  }

  /** Begins the response. In a turn of the loop, before anything else is called. */
  void open(ConnectionHandler handler) {
    loop().add(this);
    StreamSinkChannel channel = exchange.getResponseChannel();
    stream = channel;
    channel.getWriteSetter().set(writable -> loop().turn(this, () -> loop().markDirty(this)));
    Departure.watch(exchange, () -> loop().turn(this, () -> finish(CloseReason.CLIENT_GONE, null)));
    loop().markDirty(this);
    join(handler.onConnected(this));
  }

  @Override
  protected int sizeOf(SharedPayload payload) {
    return EventEncoder.sizeOf(payload);
  }

  @Override
  protected boolean hasUnwritten() {
    return unwritten.hasRemaining() || !outbox().isEmpty();
  }

  @Override
  protected void flush() {
    StreamSinkChannel channel = stream;
    if (channel == null || state() == State.CLOSED) {
      return;
    }
    try {
      if (drain(channel)) {
        channel.suspendWrites();
        if (ended) {
          exchange.endExchange();
          finish(CloseReason.SERVER_CLOSED, null);
        }
      } else {
        channel.resumeWrites();
      }
      outbox().wakeIfDrained();
    } catch (IOException reset) {
      finish(CloseReason.CLIENT_GONE, reset);
    }
  }

  @Override
  protected void tick(long nowNanos) {
    if (isClosingLongerThan(nowNanos, options().closeTimeout().toNanos())) {
      finish(CloseReason.TRANSPORT_ERROR, null);
    } else {
      super.tick(nowNanos);
    }
  }

  @Override
  protected void sayGoodbye(CloseReason reason, boolean applicationFailed) {
    // An event stream has no word for it: the response ends, and its uploads with it.
    refuseUploads();
  }

  @Override
  protected void letGo() {
    refuseUploads();
    if (!ended) {
      // Cut off without its end, so that the client does not take it for complete.
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /**
   * @return whether everything has left
   */
  private boolean drain(StreamSinkChannel channel) throws IOException {
    while (unwritten.hasRemaining() || nextBatch()) {
      int count = channel.write(unwritten);
      if (count > 0) {
        flushed = false;
        madeProgress();
      }
      if (unwritten.hasRemaining()) {
        keepUnwritten();
        return false;
      }
    }
    if (state() == State.CLOSING && !ended) {
      channel.shutdownWrites();
      ended = true;
      flushed = false;
    }
    if (!flushed) {
      flushed = channel.flush();
    }
    return flushed;
  }

  /**
   * Encodes what fits into the loop's buffer; a payload that is larger gets a buffer of its own.
   */
  private boolean nextBatch() {
    SharedPayload first = outbox().peek();
    if (first == null) {
      return false;
    }
    ByteBuffer batch = loop().writeBuffer();
    int size = EventEncoder.exactSizeOf(first.content());
    if (size > batch.remaining()) {
      batch = ByteBuffer.allocate(size);
    }
    while (first != null && EventEncoder.exactSizeOf(first.content()) <= batch.remaining()) {
      EventEncoder.encode(first.content(), batch);
      outbox().removeFirst(sizeOf(first));
      first = outbox().peek();
    }
    unwritten = batch.flip();
    return true;
  }

  /** The loop's buffer is everybody's: what is left over moves out of it. */
  private void keepUnwritten() {
    if (unwritten.isDirect()) {
      unwritten = ByteBuffer.allocate(unwritten.remaining()).put(unwritten).flip();
    }
  }
}
