package dev.hubwire.clients;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that a test starts, and that ends with it or at its limit. */
public final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Duration limit;

  /** Set by the timer's thread, before it ends the process; read after the process has ended. */
  private volatile boolean late;

  private ChildProcess(Process process, Duration limit) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.limit = limit;
  }

  /**
   * @param environment added to this process's own
   * @param limit after which the program is ended, whatever it does
   */
  public static ChildProcess start(
      List<String> command, Path folder, Map<String, String> environment, Duration limit)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var child = new ChildProcess(builder.start(), limit);
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
        .execute(child::endLate);
    return child;
  }

  /** What it prints, as it comes, until it ends. */
  public Stream<String> lines() {
    return output.lines();
  }

  /** The next line that it prints, which it must. */
  public String nextLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new EOFException("the program printed no more");
    }
    return line;
  }

  /** Asks it to end; its output stays readable. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for its end. */
  public int exitStatus() throws InterruptedException {
    int status = process.waitFor();
    if (late) {
      throw new IllegalStateException("still running after " + limit + ", so it was ended");
    }
    return status;
  }

  @Override
  public void close() {
    endWithDescendants();
    try {
      output.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endLate() {
    if (process.isAlive()) {
      late = true;
      endWithDescendants();
    }
  }

  /** The process first: one that looks after its children would replace them. */
  private void endWithDescendants() {
    List<ProcessHandle> descendants = process.descendants().toList();
    // By its handle: that leaves what it has printed readable.
    process.toHandle().destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
