package dev.hubwire.probe;

import dev.hubwire.probe.check.CheckResult;
import dev.hubwire.probe.check.Checks;
import dev.hubwire.probe.check.ProbeContext;
import dev.hubwire.probe.check.ProbeSettings;
import dev.hubwire.probe.check.UnreachableException;
import dev.hubwire.probe.report.JsonReportWriter;
import dev.hubwire.probe.report.ProbeReport;
import dev.hubwire.probe.report.ReportWriter;
import dev.hubwire.probe.report.TextReportWriter;
import dev.hubwire.probe.wire.Destination;
import dev.hubwire.probe.wire.Network;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for what is wrong between clients and a hub. */
@Command(
    name = "probe",
    description = {
      "Connects to a hub as clients do, in every way they can, and tells what stands between.",
      "Exit code: 0 fine, 1 something breaks clients, 2 nothing answers or a wrong option."
    },
    sortOptions = false)
final class ProbeCommand implements Callable<Integer> {
  private final Clock clock;
  private final LongSupplier nanoTime;

  @Parameters(paramLabel = "URL", description = "the hub's URL, http or https, without /negotiate")
  private URI url = URI.create("");

  @Option(
      names = "--token",
      paramLabel = "T",
      defaultValue = "${env:HUBWIRE_TOKEN}",
      description = "access token, sent as clients do (default: the variable HUBWIRE_TOKEN)")
  private @Nullable String token;

  @Option(
      names = "--origin",
      paramLabel = "O",
      description = "origin of the pages that use the hub, such as https://app.example")
  private @Nullable String origin;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "" + ProbeSettings.DEFAULT_REPEAT,
      description = "negotiations in search of affinity (default: ${DEFAULT-VALUE})")
  private int repeat;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "how long connections must live without traffic (default: ${DEFAULT-VALUE})")
  private double idleSeconds;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "" + ProbeSettings.DEFAULT_MAX_BYTES,
      description = "longest body and message that is tried (default: ${DEFAULT-VALUE})")
  private int maxBytes;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "how long to wait for each answer (default: ${DEFAULT-VALUE})")
  private double timeoutSeconds;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "certificates to trust instead of the usual ones, PEM")
  private @Nullable Path authorities;

  @Option(names = "--json", description = "write one JSON object instead of text")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this and exit")
  private boolean unusedHelp;

  @Spec private CommandSpec command = CommandSpec.create();

  ProbeCommand(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  @Override
  public Integer call() throws InterruptedException {
    ReportWriter writer = json ? new JsonReportWriter() : new TextReportWriter();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      ProbeReport report = probe(context(threads));
      writer.write(report, command.commandLine().getOut());
      return report.exitCode();
    } finally {
      threads.shutdownNow();
    }
  }

  private ProbeContext context(ExecutorService threads) {
    try {
      var network = new Network(seconds(timeoutSeconds), Trust.in(authorities), threads, nanoTime);
      var settings = new ProbeSettings(repeat, seconds(idleSeconds), maxBytes, origin);
      String given = token == null || token.isEmpty() ? null : token;
      return new ProbeContext(network, settings, new Destination(url, given));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "" + e.getMessage(), e);
    }
  }

  private ProbeReport probe(ProbeContext context) throws InterruptedException {
    Instant startedAt = clock.instant();
    long start = nanoTime.getAsLong();
    List<CheckResult> results = List.of();
    String unreachable = null;
    try {
      results = Checks.all().run(context);
    } catch (UnreachableException e) {
      unreachable = e.getMessage();
    }
    Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
    return new ProbeReport(url, startedAt, took, results, unreachable);
  }

  private static Duration seconds(double value) {
    return Duration.ofNanos((long) (value * 1e9));
  }
}
