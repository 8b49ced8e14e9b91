package dev.hubwire.transport.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a client's frames out of a direct buffer; an operation is one frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameReaderBenchmark {
  private static final int FRAMES = 32;
  private static final int MASK = 0x37fa213d;

  @Param({"16", "128", "1024", "16384"})
  int payloadBytes;

  /** Text is checked to be UTF-8: ASCII, as hub messages mostly are, or letters of two bytes. */
  @Param({"binary", "ascii", "greek"})
  String content = "binary";

  private final ByteBuffer scratch = ByteBuffer.allocate(64 * 1024);
  private final Counter counter = new Counter();
  private ByteBuffer source = ByteBuffer.allocate(0);

  @Setup
  public void makeFrames() {
    String payload =
        content.equals("greek") ? "α".repeat(payloadBytes / 2) : "a".repeat(payloadBytes);
    source =
        frames(
            content.equals("binary") ? Opcodes.BINARY : Opcodes.TEXT,
            payload.getBytes(StandardCharsets.UTF_8));
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long read() {
    source.rewind();
    new FrameReader(Integer.MAX_VALUE).read(source, scratch, counter);
    return counter.bytes;
  }

  private static ByteBuffer frames(int opcode, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < FRAMES; i++) {
      ByteBuffer header = ByteBuffer.allocate(8).put((byte) (0x80 | opcode));
      if (payload.length < 126) {
        header.put((byte) (0x80 | payload.length));
      } else {
        header.put((byte) (0x80 | 126)).putShort((short) payload.length);
      }
      header.putInt(MASK).flip();
      bytes.write(header.array(), 0, header.limit());
      for (int at = 0; at < payload.length; at++) {
        bytes.write(payload[at] ^ (MASK >>> (24 - at % 4 * 8)));
      }
    }
    return ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray()).flip();
  }

  private static final class Counter implements FrameSink {
    private long bytes;

    @Override
    public void onData(ByteBuffer data) {
      bytes += data.remaining();
    }

    @Override
    public void onPing(ByteBuffer payload) {}

    @Override
    public void onPong(ByteBuffer payload) {}

    @Override
    public void onClose(int code, String reason) {}

    @Override
    public boolean isPaused() {
      return false;
    }
  }
}
