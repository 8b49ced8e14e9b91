package dev.hubwire.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reading costs in memory, by the JVM's own count of this thread's allocations. */
class FrameReaderAllocationTest {
  private static final int ROUNDS = 2_000;

  /** Room for what the count itself and class loading take, far below one object per frame. */
  private static final long NOISE = 16 * 1024;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ByteBuffer scratch = ByteBuffer.allocate(1 << 16);
  private final CountingSink sink = new CountingSink();

  @Test
  void allocatesNothingForFramesThatArriveWhole() {
    ByteBuffer source =
        FrameReading.direct(
            ClientFrame.join(
                List.of(
                    ClientFrame.text("a record of a hub protocol\u001e"),
                    ClientFrame.text("frag").notFinal(),
                    ClientFrame.ping("between"),
                    ClientFrame.continuation("ment: κόσμε"),
                    ClientFrame.of(Opcodes.BINARY, new byte[70_000]))));
    FrameReader reader = new FrameReader(Long.MAX_VALUE);

    long allocated = allocatedBy(() -> readOverAndOver(reader, source));

    assertThat(sink.events).isEqualTo(ROUNDS * 6);
    assertThat(allocated).isLessThan(NOISE);
  }

  @Test
  void allocatesNothingBecauseOfAnAnnouncedLength() {
    byte[] start = ClientFrame.of(Opcodes.BINARY, new byte[70_000]).bytes();
    ByteBuffer frame = ByteBuffer.wrap(start).putLong(2, Long.MAX_VALUE);
    ByteBuffer source = FrameReading.direct(frame.array());
    FrameReader reader = new FrameReader(Long.MAX_VALUE);

    long allocated = allocatedBy(() -> reader.read(source, scratch, sink));

    assertThat(sink.bytes).isEqualTo(70_000);
    assertThat(allocated).isLessThan(NOISE);
  }

  private void readOverAndOver(FrameReader reader, ByteBuffer source) {
    int start = source.position();
    for (int i = 0; i < ROUNDS; i++) {
      source.position(start);
      reader.read(source, scratch, sink);
    }
  }

  private long allocatedBy(Runnable work) {
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static final class CountingSink implements FrameSink {
    private int events;
    private long bytes;

    @Override
    public void onData(ByteBuffer data) {
      events++;
      bytes += data.remaining();
    }

    @Override
    public void onPing(ByteBuffer payload) {
      events++;
    }

    @Override
    public void onPong(ByteBuffer payload) {
      events++;
    }

    @Override
    public void onClose(int code, String reason) {
      events++;
    }

    @Override
    public boolean isPaused() {
      return false;
    }
  }
}
