package dev.hubwire.probe.wire;

import dev.hubwire.probe.wire.HubEncoding.HubRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says to a hub over a link. A probe calls a method that no hub has: every hub
 * answers that with a completion, and nothing of the application runs. Used by one thread at a
 * time.
 */
public final class HubConversation implements AutoCloseable {
  private static final String NO_SUCH_METHOD = "HubwireProbe";
  private static final int COMPLETION = 3;
  private static final int CLOSE = 7;

  private final Link link;
  private final HubEncoding encoding;
  private final Network network;

  /** What came and is no whole record yet. */
  private ByteBuffer rest = ByteBuffer.allocate(0);

  public HubConversation(Link link, HubEncoding encoding, Network network) {
    this.link = link;
    this.encoding = encoding;
    this.network = network;
  }

  /** Agrees on the hub protocol. */
  public HubReply handshake() throws IOException, InterruptedException {
    long start = network.nanoTime().getAsLong();
    link.send(encoding.handshake());
    return awaitHandshake(start);
  }

  /** Calls the method that is not there, with so many bytes as argument. */
  public HubReply call(int padding) throws IOException, InterruptedException {
    return exchange(encoding.call(NO_SUCH_METHOD, padding));
  }

  /** Sends pings of so many bytes together, and such a call behind them, at once. */
  public HubReply batch(int bytes) throws IOException, InterruptedException {
    var batch = new ByteArrayOutputStream();
    byte[] call = encoding.call(NO_SUCH_METHOD, 0);
    byte[] ping = encoding.ping();
    while (batch.size() + call.length + ping.length <= bytes) {
      batch.writeBytes(ping);
    }
    batch.writeBytes(call);
    return exchange(batch.toByteArray());
  }

  /**
   * Says nothing and takes what comes, until the link ends or the limit is reached.
   *
   * @return {@link HubReply.Silent} if it lasted
   */
  public HubReply idle(Duration limit) throws InterruptedException {
    return await(-1, network.nanoTime().getAsLong(), limit);
  }

  @Override
  public void close() {
    link.close();
  }

  private HubReply exchange(byte[] bytes) throws IOException, InterruptedException {
    long start = network.nanoTime().getAsLong();
    link.send(bytes);
    return await(COMPLETION, start, network.timeout());
  }

  private HubReply awaitHandshake(long start) throws InterruptedException {
    while (true) {
      // The answer is JSON, and what follows at once is in the hub protocol.
      int end = 0;
      while (end < rest.limit() && rest.get(end) != HubEncoding.RECORD_END) {
        end++;
      }
      if (end < rest.limit()) {
        ByteBuffer first = rest.slice(0, end + 1);
        rest = rest.slice(end + 1, rest.limit() - end - 1);
        HubRecord answer = HubEncoding.JSON.records(first).getFirst();
        return answer.error() == null
            ? new HubReply.Answered(network.since(start))
            : new HubReply.Refused(answer.error());
      }
      HubReply failure = more(network.timeout().minus(network.since(start)));
      if (failure != null) {
        return failure;
      }
    }
  }

  private HubReply await(int type, long start, Duration limit) throws InterruptedException {
    while (true) {
      List<HubRecord> records = encoding.records(rest);
      rest = rest.slice();
      for (HubRecord record : records) {
        if (record.type() == CLOSE) {
          return new HubReply.Refused(record.error() == null ? "no reason" : record.error());
        }
        if (record.type() == type) {
          return new HubReply.Answered(network.since(start));
        }
      }
      HubReply failure = more(limit.minus(network.since(start)));
      if (failure != null) {
        return failure;
      }
    }
  }

  /** Adds what comes next to the rest; tells what happened if nothing does. */
  private @Nullable HubReply more(Duration limit) throws InterruptedException {
    if (!limit.isPositive()) {
      return new HubReply.Silent();
    }
    return switch (link.receive(limit)) {
      case Received.Ended ended -> new HubReply.Ended(ended.how());
      case Received.Nothing nothing -> new HubReply.Silent();
      case Received.Data data -> {
        ByteBuffer joined = ByteBuffer.allocate(rest.remaining() + data.bytes().remaining());
        rest = joined.put(rest).put(data.bytes().duplicate()).flip();
        yield null;
      }
    };
  }
}
