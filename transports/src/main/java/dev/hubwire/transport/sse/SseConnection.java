package dev.hubwire.transport.sse;

import dev.hubwire.negotiation.Transport;
import dev.hubwire.transport.CloseReason;
import dev.hubwire.transport.ConnectionHandler;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.http.Departure;
import dev.hubwire.transport.http.HttpConnection;
import dev.hubwire.transport.loop.OutboxWriter;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * One event stream, and the POSTs of its client ({@code docs/protocol/connections.md} §4). The
 * exchange of the stream lives on the loop's own thread. There is no way back for a client whose
 * stream is gone, so the connection ends with it.
 *
 * <p><b>The end.</b> After an orderly close, what was sent before is written and the response is
 * ended. In every other case it is cut off without its end, so that the client does not take it for
 * complete.
 */
final class SseConnection extends HttpConnection {
  private final HttpServerExchange exchange;

  /** Loop thread only, like all that follow. Null until the stream is open. */
  private @Nullable StreamSinkChannel stream;

  private @Nullable EventWriter writer;

  /** Whether the end of the response was asked for, after everything else. */
  private boolean ended;

  /** Whether the response has left with its end. */
  private boolean complete;

  SseConnection(Identity identity, HttpServerExchange exchange) {
    super(identity, Transport.SERVER_SENT_EVENTS);
    this.exchange = exchange;
  }

  /** Begins the response. In a turn of the loop, before anything else is called. */
  void open(ConnectionHandler handler) {
    loop().add(this);
    StreamSinkChannel channel = exchange.getResponseChannel();
    stream = channel;
    writer = new EventWriter(channel, outbox());
    channel.getWriteSetter().set(writable -> loop().turn(this, () -> loop().markDirty(this)));
    Departure.watch(exchange, () -> inTurn(() -> finish(CloseReason.CLIENT_GONE, null)));
    loop().markDirty(this);
    join(handler.onConnected(this));
  }

  @Override
  protected int sizeOf(SharedPayload payload) {
    return EventEncoder.sizeOf(payload);
  }

  @Override
  protected boolean hasUnwritten() {
    return writer != null && writer.hasWork();
  }

  @Override
  protected void flush() {
    StreamSinkChannel channel = stream;
    EventWriter events = writer;
    if (channel == null || events == null || state() == State.CLOSED) {
      return;
    }
    try {
      OutboxWriter.Progress progress = events.drain(loop().writeBuffer());
      if (progress != OutboxWriter.Progress.NONE) {
        madeProgress();
      }
      outbox().wakeIfDrained();
      if (progress == OutboxWriter.Progress.DONE) {
        channel.suspendWrites();
        onDrained(channel);
      } else {
        channel.resumeWrites();
      }
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
    if (!complete) {
      Departure.cut(exchange);
    }
  }

  /** Everything is written, the end of the response too if it was asked for. */
  private void onDrained(StreamSinkChannel channel) throws IOException {
    if (state() != State.CLOSING) {
      return;
    }
    if (ended) {
      complete = true;
      exchange.endExchange();
      finish(CloseReason.SERVER_CLOSED, null);
    } else {
      ended = true;
      channel.shutdownWrites();
      loop().markDirty(this);
    }
  }
}
