package dev.hubwire.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks that nobody runs for a while should still run. Says nothing about speed. */
class BenchmarksTest {
  @Test
  void everyBenchmarkRunsWithEachOfItsParameters() throws RunnerException {
    Options once =
        new OptionsBuilder()
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(once).run();

    assertThat(results)
        .extracting(result -> result.getParams().getBenchmark())
        .contains(
            "dev.hubwire.benchmark.FanOutBenchmark.toAll",
            "dev.hubwire.benchmark.JsonProtocolBenchmark.read",
            "dev.hubwire.benchmark.JsonProtocolBenchmark.write",
            "dev.hubwire.transport.websocket.FrameReaderBenchmark.read");
  }
}
