package dev.hubwire.benchmark;

import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.protocol.text.Token;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Looking at every token of one record, with the project's scanner and with Jackson's: what the
 * envelope costs before any value is bound ({@code docs/adr/0005-json-envelope-and-values.md}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonScannerBenchmark {
  private final JsonFactory jackson = new JsonFactory();
  private final byte[] record =
      """
      {"target":"Echo","arguments":["%s"],"invocationId":"42","type":1}"""
          .formatted("abcdefgh".repeat(8))
          .getBytes(StandardCharsets.UTF_8);

  @Benchmark
  public int scanner() {
    JsonScanner scanner = new JsonScanner(record, 0, record.length);
    int tokens = 1;
    for (Token token = scanner.next(); token != Token.OBJECT_END; token = scanner.next()) {
      tokens++;
    }
    return tokens;
  }

  @Benchmark
  public int jackson() {
    try (JsonParser parser =
        jackson.createParser(ObjectReadContext.empty(), record, 0, record.length)) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
      }
      return tokens;
    }
  }
}
