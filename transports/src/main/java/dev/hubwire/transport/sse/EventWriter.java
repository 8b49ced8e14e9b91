package dev.hubwire.transport.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.loop.Outbox;
import dev.hubwire.transport.loop.OutboxWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.StreamSinkChannel;

/** Writes payloads as events, after the opening of the stream. Loop thread only. */
final class EventWriter extends OutboxWriter {
  /** A comment: it makes proxies and browsers see the response before there is an event. */
  private static final byte[] OPENING = ":\r\n".getBytes(US_ASCII);

  private final ByteBuffer opening = ByteBuffer.wrap(OPENING);

  EventWriter(StreamSinkChannel stream, Outbox outbox) {
    super(stream, outbox);
  }

  @Override
  public Progress drain(ByteBuffer gather) throws IOException {
    if (opening.hasRemaining()) {
      sink().write(opening);
      if (opening.hasRemaining()) {
        return Progress.NONE;
      }
    }
    return super.drain(gather);
  }

  @Override
  protected int sizeOf(SharedPayload payload) {
    return EventEncoder.sizeOf(payload);
  }

  @Override
  protected ByteBuffer nextBatch(SharedPayload first, int written, ByteBuffer gather) {
    int skip = written;
    for (SharedPayload payload : outbox().payloads()) {
      if (!gather.hasRemaining()) {
        break;
      }
      EventEncoder.encode(payload, skip, gather);
      skip = 0;
    }
    return gather.flip();
  }
}
