package dev.hubwire.benchmark;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.messagepack.MessagePackHubProtocol;
import dev.hubwire.transport.PayloadWriter;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A call with one text in MessagePack: by the protocol, and the same elements by the library's own
 * packer and unpacker ({@code docs/adr/0011-messagepack-cursor-and-values.md}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessagePackProtocolBenchmark {
  private static final String TEXT = "abcdefgh".repeat(8);

  private final MessagePackHubProtocol protocol = new MessagePackHubProtocol();
  private final InvocationBinder binder =
      new EchoOnly(new InvocationBinder.Target("Echo", List.of(String.class)));
  private final HubMessage.Invocation call =
      new HubMessage.Invocation(Map.of(), "42", "Echo", List.of(TEXT), List.of());
  private final PayloadWriter target = new PayloadWriter(512);
  private final byte[] record = written();

  private byte[] written() {
    protocol.write(call, target);
    return target.toByteArray();
  }

  @Benchmark
  public HubMessage read() {
    int end = protocol.recordEnd(record, 0, 0, record.length);
    HubMessage message = protocol.read(record, 0, end, binder);
    if (!(message instanceof HubMessage.Invocation)) {
      throw new IllegalStateException(message + " (expected: an invocation)");
    }
    return message;
  }

  @Benchmark
  public HubMessage readByTheLibrary() throws IOException {
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(record, 1, record.length - 1)) {
      in.unpackArrayHeader();
      in.unpackInt();
      in.unpackMapHeader();
      String id = in.unpackString();
      String name = in.unpackString();
      in.unpackArrayHeader();
      String argument = in.unpackString();
      in.unpackArrayHeader();
      return new HubMessage.Invocation(Map.of(), id, name, List.of(argument), List.of());
    }
  }

  @Benchmark
  public int write() {
    target.reset();
    protocol.write(call, target);
    return target.size();
  }

  @Benchmark
  public int writeByTheLibrary() throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packArrayHeader(6);
      out.packInt(1);
      out.packMapHeader(0);
      out.packString("42");
      out.packString("Echo");
      out.packArrayHeader(1);
      out.packString(TEXT);
      out.packArrayHeader(0);
      target.reset();
      target.write((int) out.getTotalWrittenBytes());
      target.write(out.toByteArray());
      return target.size();
    }
  }

  private record EchoOnly(Target method) implements InvocationBinder {
    @Override
    public @Nullable Target target(String name) {
      return name.equalsIgnoreCase(method.name()) ? method : null;
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return null;
    }

    @Override
    public @Nullable Type streamItemType(String streamId) {
      return null;
    }
  }
}
