package dev.hubwire.benchmark;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.InvocationBinder;
import dev.hubwire.protocol.json.JsonHubProtocol;
import dev.hubwire.transport.PayloadWriter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a client's call and writing one to clients, in the JSON protocol. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonProtocolBenchmark {
  /** A value of an application. */
  public record Item(String name, int value, List<String> tags, @Nullable Item nested) {}

  /** What the call carries. */
  @Param({"text", "numbers", "record"})
  String arguments = "text";

  private final JsonHubProtocol protocol = new JsonHubProtocol();
  private final PayloadWriter target = new PayloadWriter(512);
  private InvocationBinder binder = new OneMethod(new InvocationBinder.Target("", List.of()));
  private byte[] record = {};
  private HubMessage.Invocation toClients = HubMessage.Invocation.send("receive", List.of());

  @Setup
  public void prepare() {
    switch (arguments) {
      case "text" -> prepare("\"" + "abcdefgh".repeat(8) + "\"", String.class);
      case "numbers" -> prepare("17,9007199254740993,0.25", int.class, long.class, double.class);
      case "record" ->
          prepare(
              "{\"name\":\"lamp\",\"value\":7,\"tags\":[\"a\",\"b\"],\"nested\":null}", Item.class);
      default -> throw new IllegalArgumentException(arguments);
    }
    toClients = HubMessage.Invocation.send("receive", ((HubMessage.Invocation) read()).arguments());
  }

  private void prepare(String json, Class<?>... types) {
    binder = new OneMethod(new InvocationBinder.Target("Echo", List.of(types)));
    // As the JavaScript client writes it: the type comes last.
    record =
        ("{\"target\":\"Echo\",\"arguments\":["
                + json
                + "],\"invocationId\":\"42\",\"type\":1}\u001e")
            .getBytes(StandardCharsets.UTF_8);
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
  public int write() {
    target.reset();
    protocol.write(toClients, target);
    return target.size();
  }

  @Benchmark
  public int writeResult() {
    target.reset();
    protocol.write(HubMessage.Completion.result("42", toClients.arguments().getFirst()), target);
    return target.size();
  }

  private record OneMethod(Target method) implements InvocationBinder {
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
